/* A form that is being filled in: one screen after the other, what is on it by what was answered above, and what is
 * wrong once somebody wants to go on. */

import { type Asks, type Form, fitsMessage, type Page, type Part, type Screen } from "../../matrix/timeline/forms.ts";
import { MAGIC_BYTES, safeTypeOf } from "../../platform/magic_bytes.ts";
import { ViewModel } from "../view_model.ts";
import { type Dates, emptyOf, type Reason } from "./fields.ts";
import { asText, type Choosable, holds, number, optionsOf, resolve, type State, text } from "./sense.ts";
import { fieldsOf, footerOf, isField, screenOf, walk } from "./walking.ts";

type Field = {
    kind: Asks;
    name: string;
    label: string;
    helper: string;
    value: unknown;
    required: boolean;
    enabled: boolean;
    /** What is wrong; null where nothing is, or where nobody has wanted to go on yet. */
    problem: Reason | null;
    input: Part["input"];
    options: readonly Choosable[];
    buttons: boolean;
    least: number | null;
    most: number | null;
    first: string;
    last: string;
    url: string;
};
type Saying = { kind: Exclude<Part["kind"], Asks>; text: string; url: string; picture: Blob | null };

/** What stands on a screen. */
export type Item = Field | Saying;

export type FillingState = {
    /** Of the form: how many screens lie behind this one. */
    step: number;
    title: string;
    items: readonly Item[];
    /** The button at the end; null where the form is broken. */
    next: { label: string; sends: boolean; enabled: boolean } | null;
    /** Grows with each try to go on that something was wrong with. */
    refused: number;
    sending: boolean;
    /** It could not be kept to be sent, or is too long. */
    trouble: "not kept" | "too long" | null;
    sent: boolean;
};

/** What was begun: the screens so far. */
export type Begun = readonly Page[];

/** What is said of answers that are no words. */
export type Spoken = { yes: string; day: (written: string) => string };

export type FillingGround = {
    form: Form;
    begun: Begun;
    keep: (begun: Begun) => void;
    send: (filled: { text: string; pages: readonly Page[] }) => Promise<void>;
};

export class FormFilling extends ViewModel<FillingState> {
    readonly #ground: FillingGround;
    /** Screens that lie behind, and the one that one is on. */
    #pages: Page[] = [];
    #tried = false;
    readonly #pictures = new Map<Part, Blob | null>();

    constructor(ground: FillingGround) {
        super({
            step: 0,
            title: "",
            items: [],
            next: null,
            refused: 0,
            sending: false,
            trouble: null,
            sent: false,
        });
        this.#ground = ground;
        this.#begin(ground.begun);
        this.#show();
    }

    /** Write something into a field. */
    set(name: string, value: unknown): void {
        this.#pages = this.#pages.with(-1, { ...this.#page, values: { ...this.#page.values, [name]: value } });
        this.#keep();
        this.#show();
    }

    back(): void {
        if (this.#pages.length < 2 || this.value.sending) return;
        this.#pages = this.#pages.slice(0, -1);
        this.#tried = false;
        this.#keep();
        this.#show();
    }

    /** Go on to the next screen, or send; nothing where something is wrong, and then that is said. */
    async next(spoken: Spoken): Promise<void> {
        const { next, sending, sent } = this.value;
        if (next === null || sending || sent) return;
        this.#tried = true;
        this.#show();
        const wrong = this.value.items.some((item) => "problem" in item && item.problem !== null);
        if (wrong || !next.enabled) {
            this.update({ refused: this.value.refused + 1 });
            return;
        }
        const way = footerOf(this.#screen, walk(this.#ground.form, this.#pages).state);
        if (way === undefined) return;
        if (way.to === "") return this.#send(spoken);
        this.#tried = false;
        this.#pages = [...this.#pages, this.#open(way.to)];
        this.#keep();
        this.#show();
    }

    async #send(spoken: Spoken): Promise<void> {
        const pages = this.#pages.map((page) => ({ id: page.id, values: this.#counting(page) }));
        if (!fitsMessage(pages)) {
            this.update({ trouble: "too long" });
            return;
        }
        this.update({ sending: true, trouble: null });
        try {
            await this.#ground.send({ text: this.#inWords(spoken), pages });
            this.#ground.keep([]);
            this.update({ sending: false, sent: true });
        } catch {
            this.update({ sending: false, trouble: "not kept" });
        }
    }

    /** Begin, or go on from what was begun, as far as that leads through the form. */
    #begin(begun: Begun): void {
        const { form } = this.#ground;
        this.#pages = [this.#open(form.first)];
        for (const [index, page] of begun.entries()) {
            if (page.id !== this.#page.id) return;
            this.#pages = this.#pages.with(-1, page);
            if (index === begun.length - 1) return;
            const { state, problems } = walk(this.#ground.form, this.#pages);
            const way = problems.size > 0 ? undefined : footerOf(this.#screen, state);
            if (way === undefined || way.to === "") return;
            this.#pages = [...this.#pages, this.#open(way.to)];
        }
    }

    /** Return a screen that is opened now, with what is in its fields at first. */
    #open(id: string): Page {
        const screen = screenOf(this.#ground.form, id);
        const { state } = walk(this.#ground.form, this.#pages);
        const fields = fieldsOf(screen);
        const values = fields.map((part) => [part.name, resolve(part.start, state) ?? emptyOf(part.kind)] as const);
        return { id, values: Object.fromEntries(values) };
    }

    #show(): void {
        const { state, problems } = walk(this.#ground.form, this.#pages);
        const screen = this.#screen;
        const shown = (screen?.parts ?? []).filter((part) => holds(part.when, state));
        const way = footerOf(screen, state);
        this.update({
            step: this.#pages.length - 1,
            title: screen?.title ?? "",
            items: shown.map((part) => this.#item(part, state, problems)),
            next:
                way === undefined
                    ? null
                    : { label: text(way.label, state), sends: way.to === "", enabled: holds(way.enabled, state) },
            trouble: null,
        });
    }

    #item(part: Part, state: State, problems: ReadonlyMap<string, Reason>): Item {
        if (!isField(part)) {
            const picture = part.kind === "picture" ? this.#picture(part) : null;
            return { kind: part.kind as Saying["kind"], text: text(part.text, state), url: part.url, picture };
        }
        const enabled = holds(part.enabled, state);
        return {
            kind: part.kind,
            name: part.name,
            label: text(part.text, state),
            helper: text(part.helper, state),
            value: enabled ? this.#page.values[part.name] : resolve(part.start, state),
            required: holds(part.required, state),
            enabled,
            problem: this.#tried ? (problems.get(part.name) ?? null) : null,
            input: part.input,
            options: optionsOf(part.options, state),
            buttons: part.look === "buttons",
            least: number(part.least, state),
            most: number(part.most, state),
            first: asText(resolve(part.first, state)),
            last: asText(resolve(part.last, state)),
            url: part.url,
        };
    }

    /** The same picture stays the same object: a view need not open it again. */
    #picture(part: Part): Blob | null {
        if (!this.#pictures.has(part)) this.#pictures.set(part, pictureIn(part.source));
        return this.#pictures.get(part) ?? null;
    }

    /** Return what counts of a screen: what is hidden or shut is not sent. */
    #counting({ id }: Page): Record<string, unknown> {
        const { state } = walk(this.#ground.form, this.#pages);
        const parts = fieldsOf(screenOf(this.#ground.form, id)).filter((part) => holds(part.when, state));
        const open = parts.filter((part) => holds(part.enabled, state));
        return Object.fromEntries(open.map(({ name }) => [name, state.answers.get(id)?.get(name)]));
    }

    #inWords(spoken: Spoken): string {
        const { state } = walk(this.#ground.form, this.#pages);
        const lines = this.#pages.flatMap(({ id }) => {
            const screen = screenOf(this.#ground.form, id);
            const parts = fieldsOf(screen).filter((part) => holds(part.when, state));
            return parts.flatMap((part) => {
                const answer = state.answers.get(id)?.get(part.name);
                const said = wordsOf(part, answer, { state, spoken });
                const secret = screen?.secret.includes(part.name) || isSecret(part);
                return said === "" ? [] : [`${text(part.text, state)}: ${secret ? "••••" : said}`];
            });
        });
        return lines.join("\n") || this.#ground.form.button;
    }

    #keep(): void {
        this.#ground.keep(this.#pages.map((page) => ({ ...page, values: this.#openly(page) })));
    }

    /** What is secret is kept nowhere until it is sent. */
    #openly({ id, values }: Page): Record<string, unknown> {
        const screen = screenOf(this.#ground.form, id);
        const hidden = new Set((screen?.parts ?? []).filter(isSecret).map(({ name }) => name));
        return Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.has(name)));
    }

    get #page(): Page {
        return this.#pages.at(-1) ?? { id: "", values: {} };
    }

    get #screen(): Screen | undefined {
        return screenOf(this.#ground.form, this.#page.id);
    }
}

/** Return a picture in base64 as a file; null where it is none that is shown. */
function pictureIn(source: string): Blob | null {
    try {
        const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
        const type = safeTypeOf(bytes.subarray(0, MAGIC_BYTES));
        return type?.startsWith("image/") ? new Blob([bytes], { type }) : null;
    } catch {
        return null;
    }
}

function isSecret({ input }: Part): boolean {
    return input === "password" || input === "passcode";
}

function wordsOf(part: Part, answer: unknown, { state, spoken }: { state: State; spoken: Spoken }): string {
    const titleOf = (id: unknown) => optionsOf(part.options, state).find((option) => option.id === id)?.title ?? "";
    switch (part.kind) {
        case "one":
            return titleOf(answer);
        case "many":
            return Array.isArray(answer) ? answer.map(titleOf).join(", ") : "";
        case "yes":
            return answer === true ? spoken.yes : "";
        case "date":
            return typeof answer === "string" && answer !== "" ? spoken.day(answer) : "";
        case "dates": {
            const { "start-date": from, "end-date": to } = answer as Dates;
            return from === "" ? "" : `${spoken.day(from)} – ${spoken.day(to)}`;
        }
        default:
            return asText(answer);
    }
}
