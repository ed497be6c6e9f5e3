/* What a value of a form means where some screens are filled in: the gateway's rules (src/amanat/gateway/forms/sense.py),
 * held against the same cases. Pure. */

import type { Given, How, Option, Value } from "../../matrix/timeline/forms.ts";

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;
const MAX_OPTIONS = 200;

/** What the screens were given, and what was answered on them. */
export type State = {
    given: ReadonlyMap<string, Given>;
    answers: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
};

export type Choosable = { id: string; title: string; description: string; enabled: boolean };

/** Return what a value stands for: nothing where it names what is not there. */
export function resolve(value: Value, state: State): unknown {
    if (value === null || typeof value !== "object" || !("$" in value)) return value;
    switch (value.$) {
        case "answer":
            return state.answers.get(value.screen)?.get(value.name) ?? null;
        case "given":
            return own(state.given.get(value.screen), value.name);
        case "join":
            return value.parts.map((part) => text(part, state)).join("");
        case "compare":
            return compares(value.how, resolve(value.left, state), resolve(value.right, state));
        case "every":
            return value.parts.every((part) => holds(part, state));
        case "some":
            return value.parts.some((part) => holds(part, state));
        case "not":
            return !holds(value.part, state);
    }
}

/** Say whether a value is true. Only `true` is: no text or number is. */
export function holds(value: Value, state: State): boolean {
    return resolve(value, state) === true;
}

/** Return a value as words. */
export function text(value: Value, state: State): string {
    return asText(resolve(value, state));
}

/** Return a value as a whole number that is not negative; null for what is none. */
export function number(value: Value, state: State): number | null {
    const found = asNumber(resolve(value, state));
    return found !== null && found >= 0 && found < 2 ** 31 ? Math.trunc(found) : null;
}

/** Return what can be chosen, in words: what a screen was given may be no list of options at all. */
export function optionsOf(offered: readonly Option[] | Value, state: State): readonly Choosable[] {
    if (isOptions(offered)) {
        return offered.map(({ id, title, description, enabled }) => ({
            id,
            title: text(title, state),
            description: text(description, state),
            enabled: holds(enabled, state),
        }));
    }
    const found = resolve(offered, state);
    if (!Array.isArray(found)) return [];
    const options = found.flatMap((each) => givenOption(each) ?? []);
    return options.length === found.length ? options.slice(0, MAX_OPTIONS) : [];
}

/** Return what something is in words; nothing where it has none. */
export function asText(found: unknown): string {
    if (Array.isArray(found)) return found.map(asText).join(", ");
    return found === null || found === undefined || typeof found === "object" ? "" : String(found);
}

function isOptions(offered: readonly Option[] | Value): offered is readonly Option[] {
    return Array.isArray(offered);
}

function givenOption(told: unknown): Choosable | null {
    if (typeof told !== "object" || told === null) return null;
    const { id, title, description = "", enabled = true } = told as Record<string, unknown>;
    if (typeof id !== "string" || typeof title !== "string") return null;
    return typeof description === "string" && typeof enabled === "boolean" ? { id, title, description, enabled } : null;
}

function compares(how: How, left: unknown, right: unknown): boolean {
    if (how === "==" || how === "!=") return (asText(left) === asText(right)) === (how === "==");
    const [first, second] = [asNumber(left), asNumber(right)];
    if (first === null || second === null) return false;
    return { "<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second }[how];
}

function asNumber(found: unknown): number | null {
    if (typeof found === "number") return found;
    return typeof found === "string" && NUMBER.test(found) ? Number(found) : null;
}

function own(given: Given | undefined, name: string): unknown {
    return given !== undefined && Object.hasOwn(given, name) ? given[name] : null;
}
