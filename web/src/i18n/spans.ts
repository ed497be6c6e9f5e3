/* Spans of time as people say them: `7 hari`, `1 hour`. */

import { type Language, LOCALES } from "./words.ts";

const UNITS = [
    ["day", 24 * 60 * 60 * 1000],
    ["hour", 60 * 60 * 1000],
    ["minute", 60 * 1000],
] as const;

/** Return a span in the largest unit that it is a whole number of, in minutes at least. */
export function spanOf(ms: number, language: Language): string {
    const [unit, length] = UNITS.find(([, length]) => ms % length === 0) ?? UNITS[2];
    const format = { style: "unit", unit, unitDisplay: "long" } as const;
    return new Intl.NumberFormat(LOCALES[language], format).format(Math.max(1, Math.round(ms / length)));
}
