/* A formatted text where there is room for a line: its words without the marks by which it was formatted. Only words come
 * of it, which are shown as text: nothing here makes HTML safe. Pure. spec: client-server-api#mroommessage-msgtypes */

import type { IContent } from "matrix-js-sdk/lib/matrix";

/** A line shows less; what is cut off here would not be seen. */
const MOST = 4_000;
/** What an answer repeats of what it answers. */
const REPEATED = /<mx-reply>[\s\S]*?<\/mx-reply>/gi;
/** Whoever hid something hid it in a line, too. */
const HIDDEN = /<span[^>]*\bdata-mx-spoiler[^>]*>[\s\S]*?<\/span>/gi;
const LIST = /<ol(?: start="(\d{1,9})")?>([\s\S]*?)<\/ol>/gi;
const ITEM = /<li>/gi;
const BREAKS = /<br *\/?>|<\/?(?:p|div|li|ul|ol|blockquote|pre|h[1-6]|tr|table)\b[^>]*>/gi;
const TAG = /<[^>]*(?:>|$)/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

/** Return what a text says. Where nothing beside it says how it is formatted, its marks are words. */
export function plainWords(text: string, formatted: string | undefined): string {
    if (formatted === undefined) return text;
    const lines = formatted
        .slice(0, MOST)
        .replace(REPEATED, "")
        .replace(HIDDEN, "…")
        .replace(LIST, numbered)
        .replace(ITEM, "\n• ")
        .replace(BREAKS, "\n")
        .replace(TAG, "");
    const words = lines.replace(ENTITY, character).replace(/\s*\n\s*/g, "\n");
    return words.trim() || text;
}

/** Return the HTML that lies beside a text; undefined where there is none. */
export function formattedIn({ format, formatted_body: formatted }: IContent): string | undefined {
    return format === "org.matrix.custom.html" && typeof formatted === "string" ? formatted : undefined;
}

function numbered(_list: string, start: string | undefined, items: string): string {
    let number = Number(start ?? 1);
    return items.replace(ITEM, () => `\n${number++}. `);
}

function character(entity: string, decimal?: string, hex?: string, name?: string): string {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
