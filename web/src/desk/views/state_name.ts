/* What the state of an appointment is called. */

import type { deskDayWords } from "../../i18n/desk_day_words.ts";

/** A state without a word of ours is called as the gateway calls it. */
export function stateName(state: string, words: (typeof deskDayWords)["id"]): string {
    const said = (words as Readonly<Record<string, unknown>>)[state];
    return typeof said === "string" ? said : state;
}
