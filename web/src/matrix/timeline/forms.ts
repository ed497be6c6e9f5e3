/* Forms that lie in a message, and the answers to them (docs/adr/0019-forms.md). Anybody can send anything: what does not
 * fit shows nothing, and the text beside it stands. Nothing of a form is ever run: it names data. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";
import { introIn, isObject, type Offer } from "./menus.ts";

const FORM = "id.amanat.form";
const FORM_ANSWER = "id.amanat.form_answer";
const VERSION = 1;
const MAX_SCREENS = 20;
const MAX_PARTS = 60;
const MAX_OPTIONS = 200;
const MAX_TEXT = 5_000;
const MAX_BUTTON = 60;
const MAX_SOURCE = 40_000;
const MAX_ANSWER = 20_000;
const DEEPEST = 40;

export type How = "==" | "!=" | "<" | "<=" | ">" | ">=";
/** What stands there itself, or names an answer or something that a screen was given, or says something of values. */
export type Value =
    | null
    | boolean
    | number
    | string
    | readonly unknown[]
    | { $: "answer" | "given"; screen: string; name: string }
    | { $: "join" | "every" | "some"; parts: readonly Value[] }
    | { $: "compare"; how: How; left: Value; right: Value }
    | { $: "not"; part: Value };

export type Option = { id: string; title: Value; description: Value; enabled: Value };

export const SAYS = ["heading", "subheading", "body", "caption", "picture", "link"] as const;
export const ASKS = ["line", "lines", "one", "many", "yes", "date", "dates"] as const;
export type Asks = (typeof ASKS)[number];
const INPUTS = ["text", "number", "email", "password", "passcode", "phone"] as const;

export type Part = {
    kind: (typeof SAYS)[number] | Asks;
    text: Value;
    name: string;
    when: Value;
    required: Value;
    enabled: Value;
    helper: Value;
    start: Value;
    input: (typeof INPUTS)[number];
    least: Value;
    most: Value;
    /** Options, or what names a list of them. */
    options: readonly Option[] | Value;
    look: "" | "buttons";
    first: Value;
    last: Value;
    closed: Value;
    /** Monday is 0; all days where there is none. */
    weekdays: readonly number[];
    url: string;
    source: string;
    mimetype: string;
};

export type Footer = { label: Value; when: Value; enabled: Value; to: string; gives: Readonly<Record<string, Value>> };
export type Screen = {
    id: string;
    title: string;
    parts: readonly Part[];
    footers: readonly Footer[];
    secret: readonly string[];
};
export type Given = Readonly<Record<string, unknown>>;
export type Form = { button: string; first: string; data: Given; screens: readonly Screen[] };

/** What was written on one screen. */
export type Page = { id: string; values: Readonly<Record<string, unknown>> };

/** A form under a message; `sent` is what one has sent of it, in words. */
export type OfferedForm = { form: Form; sent: string | null };
export type FormOffer = Omit<Offer, "menu"> & { form: OfferedForm };

/** Read the form under a message; null where there is none that could be shown. */
export function readForm(content: IContent): FormOffer | null {
    const told = content[FORM];
    if (!isObject(told) || told.v !== VERSION || !isObject(told.data)) return null;
    const { button, first, data } = told;
    const screens = listOf(told.screens, screenIn, MAX_SCREENS);
    if (screens === null || !isText(button, MAX_BUTTON) || button === "" || !isText(first)) return null;
    if (!screens.some(({ id }) => id === first) || new Set(screens.map(({ id }) => id)).size < screens.length)
        return null;
    return { form: { form: { button, first, data, screens }, sent: null }, ...introIn(told) };
}

/** Return which form a message is an answer to; null where it is none. */
export function readFilled(content: IContent): string | null {
    const answered = content["m.in_reply_to"];
    if (!isObject(content[FORM_ANSWER]) || !isObject(answered)) return null;
    return typeof answered.event_id === "string" ? answered.event_id : null;
}

/** Return what makes a text an answer. It stays inside the ciphertext: the server need not see what is answered. */
export function fillingIn(formId: string, pages: readonly Page[]): IContent {
    return { [FORM_ANSWER]: { screens: pages }, "m.in_reply_to": { event_id: formId } };
}

/** Say whether an answer fits a message. */
export function fitsMessage(pages: readonly Page[]): boolean {
    return new TextEncoder().encode(JSON.stringify(pages)).length <= MAX_ANSWER;
}

function screenIn(told: unknown): Screen | null {
    if (!isObject(told) || !isText(told.id)) return null;
    const { id, title = "" } = told;
    const parts = listOf(told.parts ?? [], partIn, MAX_PARTS);
    const footers = listOf(told.footers ?? [], footerIn, MAX_PARTS);
    const secret = listOf(told.secret ?? [], (name) => (isText(name) ? name : null), MAX_PARTS);
    if (parts === null || footers === null || secret === null || !isText(title)) return null;
    return { id, title, parts, footers, secret };
}

function partIn(told: unknown): Part | null {
    if (!isObject(told)) return null;
    const { kind, name = "", input = "text", look = "", url = "", source = "", mimetype = "" } = told;
    const options = Array.isArray(told.options) ? listOf(told.options, optionIn, MAX_OPTIONS) : (told.options ?? []);
    const weekdays = listOf(told.weekdays ?? [], (day) => (Number.isInteger(day) ? Number(day) : null), 7);
    const values = valuesIn(told, {
        text: "",
        when: true,
        required: false,
        enabled: true,
        helper: "",
        start: null,
        least: null,
        most: null,
        first: null,
        last: null,
        closed: null,
    });
    if (!isOneOf([...SAYS, ...ASKS], kind) || !isOneOf(INPUTS, input) || !isOneOf(["", "buttons"] as const, look))
        return null;
    if (!isText(name) || !isText(url) || !isText(source, MAX_SOURCE) || !isText(mimetype)) return null;
    if (values === null || weekdays === null || options === null || !(Array.isArray(options) || isValue(options)))
        return null;
    // A link leads to a page, and nowhere else.
    if (url !== "" && !/^https?:\/\//.test(url)) return null;
    return { kind, name, input, look, url, source, mimetype, weekdays, options: options as Part["options"], ...values };
}

function optionIn(told: unknown): Option | null {
    if (!isObject(told) || !isText(told.id)) return null;
    const values = valuesIn(told, { title: "", description: "", enabled: true });
    return values === null ? null : { id: told.id, ...values };
}

function footerIn(told: unknown): Footer | null {
    if (!isObject(told)) return null;
    const { to = "", gives = {} } = told;
    const values = valuesIn(told, { label: "", when: true, enabled: true });
    if (values === null || !isText(to) || !isObject(gives) || !Object.values(gives).every((value) => isValue(value)))
        return null;
    return { to, gives: gives as Record<string, Value>, ...values };
}

/** Return what an object holds by some names, or what is usual where it holds nothing; null where something is no value. */
function valuesIn<Names extends string>(
    told: Record<string, unknown>,
    usual: Record<Names, Value>,
): Record<Names, Value> | null {
    const found = { ...usual };
    for (const name of Object.keys(usual) as Names[]) {
        const value = told[name];
        if (value === undefined) continue;
        if (!isValue(value)) return null;
        found[name] = value;
    }
    return found;
}

function isValue(told: unknown, depth = DEEPEST): told is Value {
    if (told === null || typeof told === "boolean" || typeof told === "number") return true;
    if (typeof told === "string") return told.length <= MAX_TEXT;
    if (Array.isArray(told)) return told.length <= 400;
    if (!isObject(told) || depth === 0) return false;
    const inner = (each: unknown) => isValue(each, depth - 1);
    switch (told.$) {
        case "answer":
        case "given":
            return isText(told.screen) && isText(told.name);
        case "join":
        case "every":
        case "some":
            return Array.isArray(told.parts) && told.parts.every(inner);
        case "compare":
            return isOneOf(["==", "!=", "<", "<=", ">", ">="], told.how) && inner(told.left) && inner(told.right);
        case "not":
            return inner(told.part);
        default:
            return false;
    }
}

/** Read every element of a list; null where one does not fit. */
function listOf<Read>(told: unknown, read: (each: unknown) => Read | null, most: number): Read[] | null {
    if (!Array.isArray(told) || told.length > most) return null;
    const found = told.flatMap((each) => read(each) ?? []);
    return found.length === told.length ? found : null;
}

function isText(told: unknown, most = MAX_TEXT): told is string {
    return typeof told === "string" && told.length <= most;
}

function isOneOf<Word extends string>(words: readonly Word[], told: unknown): told is Word {
    return words.some((word) => word === told);
}
