/* Whether one answer fits its field: the gateway's rules (src/amanat/gateway/forms/fields.py), held against the same
 * cases. Pure. */

import type { Asks, Part } from "../../matrix/timeline/forms.ts";
import { holds, number, optionsOf, resolve, type State } from "./sense.ts";

export type Reason =
    | "missing"
    | "wrong"
    | "too_short"
    | "too_long"
    | "no_number"
    | "no_email"
    | "no_phone"
    | "no_digits"
    | "not_offered"
    | "too_few"
    | "too_many"
    | "too_early"
    | "too_late"
    | "closed"
    | "too_near"
    | "too_far";

/** An answer as it counts, or why it does not fit. */
export type Fitting = { value: unknown } | { reason: Reason };
export type Dates = { "start-date": string; "end-date": string };

const MAX_ANSWER = 4096;
const DAY_MS = 24 * 60 * 60 * 1000;
const INPUTS: Partial<Record<Part["input"], [RegExp, Reason]>> = {
    number: [/^-?\d{1,15}([.,]\d{1,15})?$/, "no_number"],
    email: [/^[^@\s]{1,64}@[^@\s]{1,200}\.[^@\s.]{2,24}$/, "no_email"],
    phone: [/^\+?[0-9][0-9 ().-]{3,24}$/, "no_phone"],
    passcode: [/^\d{1,64}$/, "no_digits"],
};

/** Return what counts where nobody filled a field in, or where it was not there. */
export function emptyOf(kind: Asks): unknown {
    if (kind === "many") return [];
    if (kind === "yes") return false;
    return kind === "dates" ? { "start-date": "", "end-date": "" } : "";
}

/** Return the answer to a field as it counts. `state` holds the answers above it. */
export function fitting(part: Part & { kind: Asks }, given: unknown, state: State): Fitting {
    const answer = holds(part.enabled, state) ? given : resolve(part.start, state);
    if (isEmpty(answer)) return holds(part.required, state) ? { reason: "missing" } : { value: emptyOf(part.kind) };
    return READERS[part.kind](part, answer, state);
}

/** Return the day that is written `2026-11-23` as a count of days; null for anything else. */
export function dayOf(written: unknown): number | null {
    if (typeof written !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(written)) return null;
    const day = new Date(`${written}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written) ? day.getTime() / DAY_MS : null;
}

function isEmpty(answer: unknown): boolean {
    if (answer === null || answer === undefined || answer === "" || answer === false) return true;
    if (Array.isArray(answer)) return answer.length === 0;
    if (typeof answer !== "object") return false;
    const { "start-date": first, "end-date": last } = answer as Partial<Dates>;
    return (first ?? "") === "" && (last ?? "") === "";
}

type Reader = (part: Part, answer: unknown, state: State) => Fitting;

const words: Reader = (part, answer, state) => {
    if (typeof answer !== "string") return { reason: "wrong" };
    const length = [...answer].length;
    if (length > MAX_ANSWER) return { reason: "wrong" };
    if (holds(part.required, state) && answer.trim() === "") return { reason: "missing" };
    const [least, most] = [number(part.least, state), number(part.most, state)];
    if (least !== null && length < least) return { reason: "too_short" };
    if (most !== null && length > most) return { reason: "too_long" };
    if (part.kind === "lines") return { value: answer };
    if (answer.includes("\n")) return { reason: "wrong" };
    const [pattern, reason] = INPUTS[part.input] ?? [/^/, "wrong"];
    return pattern.test(answer) ? { value: answer } : { reason };
};

const one: Reader = (part, answer, state) => {
    const offered = optionsOf(part.options, state).some(({ id, enabled }) => enabled && id === answer);
    return offered ? { value: answer } : { reason: "not_offered" };
};

const many: Reader = (part, answer, state) => {
    const offered = optionsOf(part.options, state).flatMap(({ id, enabled }) => (enabled ? [id] : []));
    if (!Array.isArray(answer) || !answer.every((each) => offered.includes(each))) return { reason: "not_offered" };
    const chosen = offered.filter((each) => answer.includes(each));
    const [least, most] = [number(part.least, state), number(part.most, state)];
    if (least !== null && chosen.length < least) return { reason: "too_few" };
    return most !== null && chosen.length > most ? { reason: "too_many" } : { value: chosen };
};

const yes: Reader = (_, answer) => (answer === true ? { value: true } : { reason: "wrong" });

const date: Reader = (part, answer, state) => {
    const day = dayOf(answer);
    if (day === null) return { reason: "wrong" };
    const [first, last] = [dayOf(resolve(part.first, state)), dayOf(resolve(part.last, state))];
    if (first !== null && day < first) return { reason: "too_early" };
    if (last !== null && day > last) return { reason: "too_late" };
    const closed = resolve(part.closed, state);
    // The first day of all counts was a Thursday.
    const weekday = (((day + 3) % 7) + 7) % 7;
    const open = part.weekdays.length === 0 || part.weekdays.includes(weekday);
    return (Array.isArray(closed) && closed.includes(answer)) || !open ? { reason: "closed" } : { value: answer };
};

const dates: Reader = (part, answer, state) => {
    if (typeof answer !== "object" || answer === null) return { reason: "wrong" };
    const { "start-date": from, "end-date": to } = answer as Partial<Dates>;
    if (!from || !to) return { reason: "missing" };
    for (const end of [from, to]) {
        const found = date(part, end, state);
        if ("reason" in found) return found;
    }
    const days = (dayOf(to) ?? 0) - (dayOf(from) ?? 0) + 1;
    const [least, most] = [number(part.least, state), number(part.most, state)];
    if (days < Math.max(least ?? 1, 1)) return { reason: "too_near" };
    if (most !== null && days > most) return { reason: "too_far" };
    return { value: { "start-date": from, "end-date": to } };
};

const READERS: Record<Asks, Reader> = { line: words, lines: words, one, many, yes, date, dates };
