/* What a link to somebody wants to have said: words that are begun, or the word that starts a bot. Pure. */

export { inLanguage } from "../matrix/label/introduction.ts";

import type { Approached } from "./approach.ts";

/** `start` is what a bot was linked with, as Telegram's links have it, and empty where one came without a link; `text` may
 * be changed before it is sent. */
export type LinkText = { kind: "start"; payload: string } | { kind: "text"; text: string };

/** As long as a message with marks may be on any of the bots' systems; what is longer was not meant to be read. */
export const MAX_LINK_TEXT = 1024;

// https://core.telegram.org/bots/features#deep-linking
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;
/** What nobody sees before sending it: control characters, and those that turn round what stands behind them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Return what the part of a place behind a `?` wants to have said; null where it says nothing that makes sense. */
export function linkTextOf(query: string | undefined): LinkText | null {
    if (!query?.startsWith("?")) return null;
    const asked = new URLSearchParams(query);
    const payload = asked.get("start");
    if (payload !== null) return PAYLOAD.test(payload) ? { kind: "start", payload } : null;
    const text = (asked.get("text") ?? "").replace(/\r\n?/gu, "\n").replace(UNSEEN, "").trim();
    return text === "" || text.length > MAX_LINK_TEXT ? null : { kind: "text", text };
}

/** Return the words themselves. */
export function wordsOf(said: LinkText): string {
    return said.kind === "start" ? `/start ${said.payload}`.trim() : said.text;
}

/** Return what a chat with a service begins with: `/start`, where that is among the words that it knows. */
export function beginningOf(service: Approached | null): LinkText | null {
    return service?.says?.starts ? { kind: "start", payload: "" } : null;
}
