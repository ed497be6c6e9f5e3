/* Times as people say them: `14.05`, `kemarin`, `Senin, 5 Januari 2026`. */

import { dates, relativeTimes } from "./formats.ts";
import type { Language } from "./words.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Return how many midnights lie between two moments, in the zone of this device. */
function daysBetween(earlier: number, later: number): number {
    const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
    return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

/** Return a time of day. */
export function clock(moment: number, language: Language): string {
    return dates(language, { hour: "2-digit", minute: "2-digit" }).format(moment);
}

/** Return a day in full; a recent one by its name. */
export function day(moment: number, language: Language, now: number): string {
    const ago = daysBetween(moment, now);
    if (ago === 0 || ago === 1) {
        const named = relativeTimes(language, { numeric: "auto" }).format(-ago, "day");
        return named.charAt(0).toLocaleUpperCase() + named.slice(1);
    }
    return dates(language, { dateStyle: "full" }).format(moment);
}

/** Return when something was, as short as a list wants it. */
export function when(moment: number, language: Language, now: number): string {
    const ago = daysBetween(moment, now);
    if (ago === 0) return clock(moment, language);
    if (ago === 1) return day(moment, language, now);
    const format: Intl.DateTimeFormatOptions =
        ago < 7 ? { weekday: "long" } : { day: "numeric", month: "numeric", year: "2-digit" };
    return dates(language, format).format(moment);
}
