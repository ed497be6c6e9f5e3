import { expect, test } from "vitest";

import { type Entry, merged, readEntries, stickersIn } from "../../../src/matrix/media/sticker_list.ts";

const FILE = { url: "mxc://x/y", key: { k: "a2V5" }, iv: "aXY", hashes: { sha256: "aGFzaA" }, v: "v2" };
const there = (id: string, changedAt: number): Entry => ({ id, changedAt, content: { body: id, file: FILE } });
const removed = (id: string, changedAt: number): Entry => ({ id, changedAt, content: null });

test("what two devices changed comes together, whoever hears of it first", () => {
    const phone = [there("cat", 1), removed("dog", 5), there("fish", 2)];
    const tablet = [there("dog", 3), removed("cat", 4), there("bird", 6), there("fish", 2)];
    const shown = (entries: readonly Entry[]) => stickersIn(entries, {}).map(({ id }) => id);
    expect(shown(merged(phone, tablet))).toEqual(["bird", "fish"]);
    expect(merged(phone, tablet)).toEqual(merged(tablet, phone));
    const once = merged(phone, tablet);
    expect(merged(once, phone)).toEqual(once);
});

test("of one moment's changes all choose that it is gone", () => {
    expect(merged([there("cat", 1)], [removed("cat", 1)])).toEqual([removed("cat", 1)]);
    expect(merged([removed("cat", 1)], [there("cat", 1)])).toEqual([removed("cat", 1)]);
});

test("what was used last comes first", () => {
    const entries = [there("cat", 30), there("dog", 20), there("fish", 10)];
    expect(stickersIn(entries, { fish: 100, dog: 50 }).map(({ id }) => id)).toEqual(["fish", "dog", "cat"]);
});

test.each([null, "x", {}, [1, null, { id: 5 }, { id: "cat", changedAt: "1", content: {} }]])(
    "nothing is made of %j",
    (value) => {
        expect(readEntries(value)).toEqual([]);
    },
);

test("what is no sticker is not shown", () => {
    const odd: Entry = { id: "odd", changedAt: 1, content: { body: "odd", file: { url: "https://x/y" } } };
    expect(stickersIn([odd, there("cat", 1)], {}).map(({ id }) => id)).toEqual(["cat"]);
});
