/* What a message lets one choose, in the shape of MSC4139, and the answers that name it. Anybody can send anything: what
 * does not fit shows nothing, and the text beside it stands. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";

const PROMPTS = "org.matrix.msc4139.prompts";
const USED_PROMPT = "org.matrix.msc4139.used_prompt";
/** Of a prompt, beside its label: the proposal knows no second line. */
const DESCRIPTION = "id.amanat.description";

/** Of a prompt, beside its label: what the person is to share rather than say. */
const WANTS = "id.amanat.wants";
/** Of an answer: what is shared. The message does not say it: the account that asked reads it from the server. */
const SHARED = "id.amanat.shared";

/** A menu that offers more is shown as its text alone: to leave choices out would hide them. */
const MAX_CHOICES = 20;
/** Ours have 24 and 72 at most; other bots may be longer, and what is longer still is cut. */
const MAX_TITLE = 60;
const MAX_DESCRIPTION = 120;
const MAX_ID = 200;
const MAX_INTRO = 8_000;
/** Like WhatsApp's, which people know: so many short choices are buttons, more are a list. */
const MAX_BUTTONS = 3;

const LANGUAGE = /^[a-z]{2,3}$/;

export type Wanted = "phone" | "place";

/** `titles`: in other languages, where there are any. `wants`: what is shared by whoever takes it. */
export type Choice = {
    id: string;
    title: string;
    description: string;
    titles?: Readonly<Record<string, string>>;
    wants?: Wanted;
};

/** Which choice of which message somebody took. */
export type Answered = { menuId: string; choiceId: string };

export type Menu = {
    choices: readonly Choice[];
    style: "buttons" | "list";
    /** It can be answered; the person here has answered; or the chat has gone on without. */
    state: "open" | "chosen" | "passed";
    chosen: string | null;
};

/** What apps with buttons show in place of the text that has the choices numbered. */
export type Offer = { menu: Menu; text?: string; formatted?: string };

/** Read what a message offers to a person; null where that is nothing that could be shown. `most`: so many choices have
 * room, where they are shown in another way than below each other. */
export function readOffer(content: IContent, me: string, most = MAX_CHOICES): Offer | null {
    const offered = content[PROMPTS];
    if (!isObject(offered) || !isMeant(offered.scope, me) || !Array.isArray(offered.prompts)) return null;
    if (offered.prompts.length > most) return null;
    const choices = offered.prompts.flatMap((prompt) => choiceIn(prompt) ?? []);
    const ids = new Set(choices.map(({ id }) => id));
    // Something that cannot be shown among them is a menu that would be shown in part.
    if (choices.length === 0 || choices.length < offered.prompts.length || ids.size < choices.length) return null;
    const few = choices.length <= MAX_BUTTONS && choices.every(({ description }) => description === "");
    return { menu: { choices, style: few ? "buttons" : "list", state: "open", chosen: null }, ...introIn(offered) };
}

/** Return which choice a message says it is; null where it is none. */
export function readAnswer(content: IContent): Answered | null {
    const [used, answered] = [content[USED_PROMPT], content["m.in_reply_to"]];
    if (!isObject(used) || !isObject(answered)) return null;
    const [choiceId, menuId] = [used.id, answered.event_id];
    return typeof choiceId === "string" && typeof menuId === "string" ? { menuId, choiceId } : null;
}

/** Return what makes a text an answer. It stays inside the ciphertext: the server need not see what is answered. */
export function answering({ menuId, choiceId }: Answered): IContent {
    return { [USED_PROMPT]: { id: choiceId }, "m.in_reply_to": { event_id: menuId } };
}

/** Return what makes a text say that its sender lets the account that asked read their number. */
export function sharingNumber(answered: Answered): IContent {
    return { ...answering(answered), [SHARED]: "phone" };
}

/** What is offered may be for some only: client-side courtesy, as the proposal asks. */
function isMeant(scope: unknown, me: string): boolean {
    return scope === undefined || (Array.isArray(scope) && scope.includes(me));
}

function choiceIn(prompt: unknown): Choice | null {
    if (!isObject(prompt) || prompt.type !== "preset") return null;
    const { id, label } = prompt;
    const title = lineOf(wordsIn(label), MAX_TITLE);
    if (typeof id !== "string" || id === "" || id.length > MAX_ID || title === "") return null;
    const wants = prompt[WANTS];
    return {
        id,
        title,
        description: lineOf(prompt[DESCRIPTION], MAX_DESCRIPTION),
        ...titlesIn(label),
        ...(wants === "phone" || wants === "place" ? { wants } : {}),
    };
}

/** Return a label by its languages (MSC3554), where it says in which it is. */
function titlesIn(label: unknown): Pick<Choice, "titles"> {
    const forms = isObject(label) && Array.isArray(label["m.text"]) ? label["m.text"].filter(isObject) : [];
    const titles = forms.flatMap(({ lang, body }) => {
        const title = lineOf(body, MAX_TITLE);
        return typeof lang === "string" && LANGUAGE.test(lang) && title !== "" ? [[lang, title] as const] : [];
    });
    return titles.length === 0 ? {} : { titles: Object.fromEntries(titles) };
}

/** Read what stands above what is offered, where an app can offer it. */
export function introIn({ intro }: Record<string, unknown>): Pick<Offer, "text" | "formatted"> {
    if (!isObject(intro)) return {};
    const [text, formatted] = [wordsIn(intro.content), wordsIn(intro.content, "text/html")];
    if (text === null || text.trim() === "" || text.length > MAX_INTRO) return {};
    return formatted === null || formatted.length > MAX_INTRO ? { text } : { text, formatted };
}

/** Return a text of extensible events (MSC1767) in one of its forms; null where it has not that one. */
function wordsIn(content: unknown, type = "text/plain"): string | null {
    if (!isObject(content)) return null;
    const forms = content["m.text"] ?? content["org.matrix.msc1767.text"];
    if (typeof forms === "string") return type === "text/plain" ? forms : null;
    if (!Array.isArray(forms)) return null;
    const form = forms.find((each) => isObject(each) && (each.mimetype ?? "text/plain") === type);
    return typeof form?.body === "string" ? form.body : null;
}

/** One line that says nothing unseen: controls, and what turns the direction of others, are gone. */
export function lineOf(text: unknown, max: number): string {
    if (typeof text !== "string") return "";
    const line = text
        .slice(0, max * 8)
        .replace(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu, " ")
        .replace(/\s+/g, " ")
        .trim();
    const characters = [...line];
    return characters.length <= max ? line : `${characters.slice(0, max - 1).join("")}…`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
