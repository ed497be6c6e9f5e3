/* What writes dates and numbers. A browser takes milliseconds to make one, and a screen has dozens: each is made once. */

import { type Language, LOCALES } from "./words.ts";

/** Return `make`, called once for each language and set of options. */
function kept<Options extends object, Format>(
    make: (locale: string, options: Options) => Format,
): (language: Language, options: Options) => Format {
    const made = new Map<string, Format>();
    return (language, options) => {
        const key = `${language} ${JSON.stringify(options)}`;
        const format = made.get(key) ?? make(LOCALES[language], options);
        made.set(key, format);
        return format;
    };
}

export const dates = kept((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));

export const relativeTimes = kept(
    (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

export const numbers = kept((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
