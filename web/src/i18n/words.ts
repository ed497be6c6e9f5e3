/* What the app says, in both languages: a table per part of the app, and the second has just what the first has. */

export type Language = "id" | "en";

export const LANGUAGES: readonly Language[] = ["id", "en"];

/** How dates and numbers are written. */
export const LOCALES: Readonly<Record<Language, string>> = { id: "id-ID", en: "en-GB" };

type Says = Readonly<Record<string, string | ((...values: never[]) => string)>>;

/** The same keys and parameters, other words. */
type Alike<Table extends Says> = { readonly [Key in keyof Table]: Table[Key] extends string ? string : Table[Key] };

export type Words<Table extends Says = Says> = { readonly id: Table; readonly en: Alike<Table> };

/** Declare what a part of the app says. */
export function words<const Table extends Says>(tables: { id: Table; en: Alike<Table> }): Words<Alike<Table>> {
    return tables as Words<Alike<Table>>;
}

/** Return the language of the app that comes first among a browser's; Indonesian where none does. */
export function preferred(languages: readonly string[]): Language {
    for (const language of languages) {
        const found = LANGUAGES.find((known) => language.toLowerCase().split("-")[0] === known);
        if (found !== undefined) return found;
    }
    return "id";
}
