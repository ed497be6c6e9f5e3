/* The lines of a chat: its messages in runs of one sender, with the days and what is new between them. Pure. */

import type { Message } from "../matrix/message.ts";

export type Row =
    /** Nothing was said before this. */
    | { kind: "beginning"; key: string }
    /** A day begins. */
    | { kind: "day"; key: string; at: number }
    /** What follows has not been read. */
    | { kind: "unread"; key: string }
    | { kind: "notice"; key: string; message: Message }
    /** `first` and `last` of what one person said in one go. */
    | { kind: "message"; key: string; message: Message; first: boolean; last: boolean };

/** Somebody who says something after so long begins anew. */
const RUN_MS = 5 * 60 * 1000;

/** Makes rows of messages, and gives the same row again for what has not changed. */
export class Rows {
    #made = new Map<string, Row>();

    /** `unreadFrom` is the key of the first message that was not read; `whole` where there is nothing older. */
    make(messages: readonly Message[], { unreadFrom, whole }: { unreadFrom: string | null; whole: boolean }): Row[] {
        const made = new Map<string, Row>();
        const rows: Row[] = [];
        const add = (row: Row) => {
            const before = this.#made.get(row.key);
            const kept = before !== undefined && isSame(before, row) ? before : row;
            made.set(kept.key, kept);
            rows.push(kept);
        };
        if (whole) add({ kind: "beginning", key: "beginning" });
        let dayEnds = Number.NEGATIVE_INFINITY;
        for (const [index, message] of messages.entries()) {
            const before = messages[index - 1];
            const newDay = message.at >= dayEnds;
            if (newDay) {
                dayEnds = nextMidnight(message.at);
                add({ kind: "day", key: `day ${dayEnds}`, at: message.at });
            }
            const marked = message.key === unreadFrom;
            if (marked) add({ kind: "unread", key: "unread" });
            const after = messages[index + 1];
            const first = newDay || marked || !isRun(before, message);
            const last =
                after === undefined || after.at >= dayEnds || after.key === unreadFrom || !isRun(message, after);
            const key = message.key;
            add(
                message.body.kind === "notice"
                    ? { kind: "notice", key, message }
                    : { kind: "message", key, message, first, last },
            );
        }
        this.#made = made;
        return rows;
    }
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
    if (one.kind === "notice" && other.kind === "notice") return one.message === other.message;
    return one.kind === other.kind;
}
