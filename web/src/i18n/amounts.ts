/* Amounts as people say them: `1,2 MB`, `2:05`. */

import type { Language } from "./words.ts";

const LOCALES: Record<Language, string> = { id: "id-ID", en: "en-GB" };
const UNITS = ["B", "kB", "MB", "GB"] as const;

/** Return how large something is. */
export function sizeOf(bytes: number, language: Language): string {
    const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
    const amount = bytes / 1_000 ** power;
    const digits = power > 0 && amount < 10 ? 1 : 0;
    return `${new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(amount)} ${UNITS[power]}`;
}

/** Return how long something lasts, as players show it. */
export function lengthOf(ms: number): string {
    const seconds = Math.round(ms / 1_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
