/* The way through a form as far as somebody has come: what each screen was given, what counts as answered, and what is
 * wrong on the last. Pure. */

import {
    ASKS,
    type Asks,
    type Footer,
    type Form,
    type Given,
    type Page,
    type Part,
    type Screen,
} from "../../matrix/timeline/forms.ts";
import { emptyOf, fitting, type Reason } from "./fields.ts";
import { holds, resolve, type State } from "./sense.ts";

export type FieldPart = Part & { kind: Asks };
export type Way = { state: State; problems: ReadonlyMap<string, Reason> };

/** Walk from the first screen to the last of `pages`. */
export function walk(form: Form, pages: readonly Page[]): Way {
    const given = new Map<string, Given>([[form.first, form.data]]);
    const answers = new Map<string, Map<string, unknown>>();
    const state = { given, answers };
    let problems: ReadonlyMap<string, Reason> = new Map();
    for (const page of pages) {
        const screen = screenOf(form, page.id);
        const answered = new Map<string, unknown>();
        // The rows above a field are answered before it is looked at: conditions look up, and never down.
        answers.set(page.id, answered);
        problems = answer(screen, page, { state, answered });
        const way = footerOf(screen, state);
        if (way !== undefined && way.to !== "") given.set(way.to, givesOf(way, state));
    }
    return { state, problems };
}

export function screenOf(form: Form, id: string): Screen | undefined {
    return form.screens.find((screen) => screen.id === id);
}

/** Return the button at the end of a screen: of several, the first that is there. */
export function footerOf(screen: Screen | undefined, state: State): Footer | undefined {
    return screen?.footers.find(({ when }) => holds(when, state));
}

export function fieldsOf(screen: Screen | undefined): readonly FieldPart[] {
    return (screen?.parts ?? []).filter(isField);
}

export function isField(part: Part): part is FieldPart {
    return ASKS.some((kind) => kind === part.kind);
}

type Answering = { state: State; answered: Map<string, unknown> };

function answer(screen: Screen | undefined, { values }: Page, { state, answered }: Answering): Map<string, Reason> {
    const problems = new Map<string, Reason>();
    for (const part of fieldsOf(screen)) {
        const found = holds(part.when, state) ? fitting(part, values[part.name], state) : { value: emptyOf(part.kind) };
        if ("reason" in found) problems.set(part.name, found.reason);
        answered.set(part.name, "value" in found ? found.value : values[part.name]);
    }
    return problems;
}

function givesOf({ gives }: Footer, state: State): Given {
    return Object.fromEntries(Object.entries(gives).map(([name, value]) => [name, resolve(value, state)]));
}
