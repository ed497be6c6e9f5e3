/* Numbers and sizes as people write them: `12.500`, `3,4 MB`. */

import { type Language, LOCALES } from "./words.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Return a whole number. */
export function amount(number: number, language: Language): string {
    return new Intl.NumberFormat(LOCALES[language]).format(number);
}

/** Return a size in the unit that gives it few digits. */
export function size(bytes: number, language: Language): string {
    const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
    const format = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: power === 0 ? 0 : 1 });
    return `${format.format(bytes / 1000 ** power)} ${UNITS[power]}`;
}
