import { expect, test } from "vitest";

import { type Message, PLAIN } from "../../src/matrix/message.ts";
import { type Row, Rows } from "../../src/viewmodels/rows.ts";

const NOON = new Date(2026, 0, 5, 12).getTime();
const MINUTE = 60_000;

function said(id: string, senderId: string, at: number): Message {
    const body = { kind: "text", text: id, emote: false } as const;
    return { ...PLAIN, id, key: id, senderId, senderName: senderId, mine: false, at, body, progress: null };
}

const all = { unreadFrom: null, whole: false };
const names = (rows: readonly Row[]) => rows.map(({ kind, key }) => (kind === "message" ? key : kind));

test("a day begins once, and what was not read is marked", () => {
    const messages = [
        said("a", "ani", NOON),
        said("b", "ani", NOON + MINUTE),
        said("c", "ani", NOON + 24 * 60 * MINUTE),
    ];
    const rows = new Rows().make(messages, { unreadFrom: "b", whole: true });
    expect(names(rows)).toEqual(["beginning", "day", "a", "unread", "b", "day", "c"]);
});

test("what one person says in one go is one run", () => {
    const messages = [
        said("a", "ani", NOON),
        said("b", "ani", NOON + MINUTE),
        said("c", "budi", NOON + 2 * MINUTE),
        said("d", "budi", NOON + 30 * MINUTE),
    ];
    const runs = new Rows().make(messages, all).filter((row) => row.kind === "message");
    expect(runs.map(({ first, last }) => [first, last])).toEqual([
        [true, false],
        [false, true],
        [true, true],
        [true, true],
    ]);
});

test("a row stays the same object until its message changes", () => {
    const rows = new Rows();
    const [a, b, c] = [said("a", "ani", NOON), said("b", "budi", NOON + MINUTE), said("c", "ani", NOON + 2 * MINUTE)];
    const before = rows.make([a, b], all);
    const after = rows.make([a, { ...b, edited: true }, c], all);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[1]).toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
});
