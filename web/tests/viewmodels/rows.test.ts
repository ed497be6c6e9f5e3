import { expect, test } from "vitest";

import { type Message, PLAIN } from "../../src/matrix/timeline/message.ts";
import type { Notice } from "../../src/matrix/timeline/notices.ts";
import { type Row, Rows } from "../../src/viewmodels/rows.ts";

const NOON = new Date(2026, 0, 5, 12).getTime();
const MINUTE = 60_000;

function said(id: string, senderId: string, at: number): Message {
    const body = { kind: "text", text: id, emote: false } as const;
    return { ...PLAIN, id, key: id, senderId, senderName: senderId, mine: false, at, body, progress: null };
}

const all = { unreadFrom: null, whole: false, direct: false };
const names = (rows: readonly Row[]) => rows.map(({ kind, key }) => (kind === "message" ? key : kind));

test("a day begins once, and what was not read is marked", () => {
    const messages = [
        said("a", "ani", NOON),
        said("b", "ani", NOON + MINUTE),
        said("c", "ani", NOON + 24 * 60 * MINUTE),
    ];
    const rows = new Rows().make(messages, { ...all, unreadFrom: "b", whole: true });
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

const who = (name: string) => ({ name, me: false });
const ANI = who("Ani");

let minute = 0;

function happened(notice: Notice): Message {
    minute += 1;
    const id = `${notice.kind} ${minute}`;
    return { ...said(id, notice.by.name, NOON + minute * 1000), body: { kind: "notice", notice } };
}

const made = () => happened({ kind: "made", by: ANI });
const invited = (name: string) => happened({ kind: "invited", by: ANI, whom: who(name) });
const joins = (name: string) => happened({ kind: "joined", by: who(name) });
const left = (name: string) => happened({ kind: "left", by: who(name) });
const told = (rows: readonly Row[]) => rows.flatMap((row) => (row.kind === "notice" ? [row.told] : []));
const kinds = (rows: readonly Row[]) => told(rows).map((each) => (each.kind === "crowd" ? each.what : each.kind));

test("a chat of two says only that it began, and who went and came back", () => {
    const direct = { ...all, direct: true };
    const beginning = [made(), joins("Ani"), invited("Budi"), said("a", "Ani", NOON + 90_000), joins("Budi")];
    expect(kinds(new Rows().make(beginning, direct))).toEqual(["begun"]);
    const later = [...beginning, left("Budi"), invited("Budi"), joins("Budi")];
    expect(kinds(new Rows().make(later, direct))).toEqual(["begun", "left", "invited", "joined"]);
});

test("what was not read begins with what is shown", () => {
    const coming = joins("Budi");
    const messages = [said("a", "Ani", NOON), coming, said("b", "Budi", NOON + MINUTE)];
    const rows = new Rows().make(messages, { unreadFrom: coming.key, whole: false, direct: true });
    expect(names(rows)).toEqual(["day", "a", "unread", "b"]);
    expect(
        names(new Rows().make(messages.slice(0, 2), { unreadFrom: coming.key, whole: false, direct: true })),
    ).toEqual(["day", "a"]);
});

test("in a group what happened in one go is one line, and a word between begins another", () => {
    const group = [
        made(),
        invited("Budi"),
        invited("Citra"),
        joins("Budi"),
        invited("Dewi"),
        joins("Citra"),
        said("a", "Budi", NOON + 10 * MINUTE),
        joins("Dewi"),
    ];
    const rows = new Rows().make(group, all);
    expect(kinds(rows)).toEqual(["made", "invited", "joined", "joined"]);
    expect(told(rows)[1]).toEqual({
        kind: "crowd",
        what: "invited",
        by: ANI,
        who: [who("Budi"), who("Citra"), who("Dewi")],
    });
    expect(told(rows)[3]).toEqual({ kind: "joined", by: who("Dewi") });
});

test("nobody is lost, however much happens", () => {
    const many = Array.from({ length: 50 }, (_, place) => (place % 3 === 0 ? left : joins)(`P${place}`));
    const rows = new Rows();
    const before = rows.make(many, all);
    expect(before.flatMap((row) => (row.kind === "notice" ? row.of : [])).length).toBe(50);
    expect(rows.make(many, all)[1]).toBe(before[1]);
    expect(rows.make([...many, left("Z")], all)[1]).not.toBe(before[1]);
});
