/* What has gone wrong, as a sentence. */

import { deskTroubleWords } from "../../i18n/desk_trouble_words.ts";
import { dates } from "../../i18n/formats.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { Trouble } from "../viewmodels/trouble.ts";

/** Return what says a trouble in the language of the views. */
export function useTroubleText(): (trouble: Trouble) => string {
    const words = useWords(deskTroubleWords);
    const language = useLanguage();
    return ({ code, details }) => {
        const { date, place } = details;
        if (code === "OTHER_DAY" && typeof date === "string" && typeof place === "string") {
            const day = dates(language, { dateStyle: "full", timeZone: "UTC" }).format(Date.parse(date));
            return words.otherDay(day, place);
        }
        const said = (words as Readonly<Record<string, unknown>>)[code];
        return typeof said === "string" ? said : words.other;
    };
}
