/* A person's own stickers as a list that each of their devices may change, offline too. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";

import { type MediaBody, readSticker } from "./media_body.ts";

export type Sticker = { id: string; body: MediaBody };

/** What is known of one sticker: the content that it would be sent as; null where it was removed. */
export type Entry = { id: string; changedAt: number; content: IContent | null };

/** A list is written whole each time, and the server takes 256 kB: each has about half of one. */
export const MOST_STICKERS = 200;
/** Removed ones are remembered, so that no other device brings them back. */
const MOST_REMOVED = 200;

/** Return two lists as one: of what both know the later change counts. */
export function merged(one: readonly Entry[], other: readonly Entry[]): Entry[] {
    const known = new Map<string, Entry>();
    for (const entry of [...one, ...other]) {
        const before = known.get(entry.id);
        if (before === undefined || isLater(entry, before)) known.set(entry.id, entry);
    }
    const all = [...known.values()].sort((one, other) => other.changedAt - one.changedAt);
    const removed = all.filter(({ content }) => content === null).slice(0, MOST_REMOVED);
    return [...all.filter(({ content }) => content !== null), ...removed];
}

/** Read a list that another device, or another version of the app, has written. */
export function readEntries(value: unknown): Entry[] {
    return Array.isArray(value) ? value.filter(isEntry) : [];
}

/** Return the stickers of a list: those that were used last come first, the others as they came. */
export function stickersIn(entries: readonly Entry[], uses: Readonly<Record<string, number>>): Sticker[] {
    const at = ({ id, changedAt }: Entry) => uses[id] ?? changedAt;
    return entries
        .toSorted((one, other) => at(other) - at(one))
        .flatMap(({ id, content }) => {
            const body = content === null ? null : readSticker(content);
            return body === null ? [] : [{ id, body }];
        });
}

/** Of two changes of one moment all devices choose the same. */
function isLater(one: Entry, other: Entry): boolean {
    return one.changedAt > other.changedAt || (one.changedAt === other.changedAt && one.content === null);
}

function isEntry(value: unknown): value is Entry {
    if (typeof value !== "object" || value === null) return false;
    const { id, changedAt, content } = value as Record<string, unknown>;
    return typeof id === "string" && typeof changedAt === "number" && typeof content === "object";
}
