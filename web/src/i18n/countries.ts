/* Countries by their names, as the browser knows them. */

import { type Language, LOCALES } from "./words.ts";

/** Return the name of a country by its two letters (ISO 3166-1); the letters where it has none. */
export function countryName(country: string, language: Language): string {
    try {
        return new Intl.DisplayNames(LOCALES[language], { type: "region" }).of(country) ?? country;
    } catch {
        return country;
    }
}
