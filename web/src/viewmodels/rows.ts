/* The lines of a chat: its messages in runs of one sender, with the days and what is new between them. Pure. */

import type { Message } from "../matrix/timeline/message.ts";
import { linesOf, type Told, withoutComing } from "./notice_runs.ts";

export type Row =
    /** Nothing was said before this. */
    | { kind: "beginning"; key: string }
    /** A day begins. */
    | { kind: "day"; key: string; at: number }
    /** What follows has not been read. */
    | { kind: "unread"; key: string }
    /** Something that happened; `of` are the events that it tells of. */
    | { kind: "notice"; key: string; told: Told; of: readonly Message[] }
    /** `first` and `last` of what one person said in one go. */
    | { kind: "message"; key: string; message: Message; first: boolean; last: boolean };

/** `unreadFrom` is the key of the first message that was not read; `whole` where there is nothing older; `direct` in a
 * chat of two. */
export type Shown = { unreadFrom: string | null; whole: boolean; direct: boolean };

/** Somebody who says something after so long begins anew. */
const RUN_MS = 5 * 60 * 1000;

/** Makes rows of messages, and gives the same row again for what has not changed. */
export class Rows {
    #made = new Map<string, Row>();

    make(all: readonly Message[], { unreadFrom, whole, direct }: Shown): Row[] {
        const messages = direct ? withoutComing(all) : all;
        const unread = firstShown(all, { from: unreadFrom, shown: messages });
        const made = new Map<string, Row>();
        const rows: Row[] = [];
        const add = (row: Row) => {
            const before = this.#made.get(row.key);
            const kept = before !== undefined && isSame(before, row) ? before : row;
            made.set(kept.key, kept);
            rows.push(kept);
        };
        let happened: Message[] = [];
        const tell = () => {
            for (const { told, of } of linesOf(happened, { direct }))
                add({ kind: "notice", key: of[0]?.key ?? "", told, of });
            happened = [];
        };
        if (whole) add({ kind: "beginning", key: "beginning" });
        let dayEnds = Number.NEGATIVE_INFINITY;
        for (const [index, message] of messages.entries()) {
            const newDay = message.at >= dayEnds;
            const marked = message.key === unread;
            const isNotice = message.body.kind === "notice";
            if (newDay || marked || !isNotice) tell();
            if (newDay) {
                dayEnds = nextMidnight(message.at);
                add({ kind: "day", key: `day ${dayEnds}`, at: message.at });
            }
            if (marked) add({ kind: "unread", key: "unread" });
            if (isNotice) {
                happened.push(message);
                continue;
            }
            const after = messages[index + 1];
            const first = newDay || marked || !isRun(messages[index - 1], message);
            const last = after === undefined || after.at >= dayEnds || after.key === unread || !isRun(message, after);
            add({ kind: "message", key: message.key, message, first, last });
        }
        tell();
        this.#made = made;
        return rows;
    }
}

/** Return the first that is shown of what follows a message; null where nothing is. */
function firstShown(
    all: readonly Message[],
    { from, shown }: { from: string | null; shown: readonly Message[] },
): string | null {
    const place = all.findIndex(({ key }) => key === from);
    if (place < 0 || shown === all) return from;
    const kept = new Set(shown);
    return all.slice(place).find((message) => kept.has(message))?.key ?? null;
}

function nextMidnight(moment: number): number {
    const day = new Date(moment);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

function isRun(one: Message | undefined, next: Message): boolean {
    return (
        one !== undefined &&
        one.senderId === next.senderId &&
        one.body.kind !== "notice" &&
        next.body.kind !== "notice" &&
        next.at - one.at < RUN_MS
    );
}

function isSame(one: Row, other: Row): boolean {
    if (one.kind === "message" && other.kind === "message") {
        return one.message === other.message && one.first === other.first && one.last === other.last;
    }
    if (one.kind === "notice" && other.kind === "notice") {
        return one.of.length === other.of.length && one.of.every((message, place) => message === other.of[place]);
    }
    return one.kind === other.kind;
}
