/* Numbers, sizes and lengths as people write them: `12.500`, `3,4 MB`, `2:05`. */

import { numbers } from "./formats.ts";
import type { Language } from "./words.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Return a whole number. */
export function amount(number: number, language: Language): string {
    return numbers(language, {}).format(number);
}

/** Return a size in the unit that gives it few digits. */
export function sizeOf(bytes: number, language: Language): string {
    const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
    const format = numbers(language, { maximumFractionDigits: power === 0 ? 0 : 1 });
    return `${format.format(bytes / 1000 ** power)} ${UNITS[power]}`;
}

/** Return how long something lasts, in ms, as players show it. */
export function lengthOf(ms: number): string {
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
