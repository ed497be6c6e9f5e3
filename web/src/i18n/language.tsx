/* Which language the views speak. */

import { createContext, use } from "react";

import type { Language, Words } from "./words.ts";

export const LanguageContext = createContext<Language>("id");

/** Return the language that the views speak. */
export function useLanguage(): Language {
    return use(LanguageContext);
}

/** Return what a part of the app says, in the language that the views speak. */
export function useWords<Table extends Words["id"]>(tables: Words<Table>): Table {
    return tables[useLanguage()] as Table;
}
