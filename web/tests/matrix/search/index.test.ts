import "fake-indexeddb/auto";

import { openDB } from "idb";
import { expect, test } from "vitest";

import { type Said, SearchIndex } from "../../../src/matrix/search/index.ts";
import { SearchStore } from "../../../src/platform/search_store.ts";

let names = 0;
const fresh = () => `search-${names++}`;
const said = (eventId: string, text: string, more: Partial<Said> = {}): Said => ({
    eventId,
    text,
    roomId: "!one",
    senderId: "@ani",
    at: 1_000_000,
    version: 1_000_000,
    ...more,
});

async function open(name = fresh()): Promise<SearchIndex> {
    return SearchIndex.open(await SearchStore.open(name));
}

async function find(index: SearchIndex, text: string, more: object = {}): Promise<string[]> {
    return (await index.search({ text, limit: 50, ...more })).map(({ eventId }) => eventId);
}

test("a message is found by its words, their stems and their beginnings, after it is opened again", async () => {
    const name = fresh();
    const index = await open(name);
    await index.put([said("$1", "Ibu sudah mengirimkan uangnya"), said("$2", "Besok rapat di kantor")]);
    index.close();

    const again = await open(name);
    for (const text of ["kirim", "dikirim", "UANG", "ibu kirim", "mengi", "sud"])
        expect(await find(again, text)).toEqual(["$1"]);
    expect(await find(again, "kirim rapat")).toEqual([]);
    expect(await find(again, "")).toEqual([]);
    expect(again.size.value).toBe(2);
});

test("the newest comes first, and chat, sender and time narrow", async () => {
    const index = await open();
    await index.put([
        said("$old", "rapat", { at: 5_000, roomId: "!two" }),
        said("$new", "rapat", { at: 9_000, senderId: "@budi" }),
        said("$mid", "rapat", { at: 7_000 }),
    ]);
    expect(await find(index, "rapat")).toEqual(["$new", "$mid", "$old"]);
    expect(await find(index, "rapat", { roomId: "!two" })).toEqual(["$old"]);
    expect(await find(index, "rapat", { senderId: "@budi" })).toEqual(["$new"]);
    expect(await find(index, "rapat", { from: 6_000, to: 9_000 })).toEqual(["$mid"]);
    expect(await find(index, "rapat", { leaveOut: ({ roomId }: Said) => roomId === "!one" })).toEqual(["$old"]);
    expect(await find(index, "rapat", { limit: 1 })).toEqual(["$new"]);
});

test("what was deleted is gone, and an edit replaces, in whichever order they come", async () => {
    const index = await open();
    await index.put([said("$1", "rahasia"), said("$2", "jeruk")]);
    await index.remove(["$1", "$unknown"]);
    expect(await find(index, "rahasia")).toEqual([]);
    await index.put([said("$2", "mangga", { version: 2_000_000, at: 2_000_000 })]);
    await index.put([said("$2", "jeruk"), said("$3", "apel", { version: 3_000_000 })]);
    await index.put([said("$3", "pisang")]);
    expect([await find(index, "jeruk"), await find(index, "mangga")]).toEqual([[], ["$2"]]);
    expect([await find(index, "pisang"), await find(index, "apel")]).toEqual([[], ["$3"]]);
    expect(index.size.value).toBe(2);
});

test("what has disappeared leaves the index by its own time, and clearing leaves nothing", async () => {
    const index = await open();
    await index.put([said("$1", "halo", { until: 5_000 }), said("$2", "halo", { until: 9_000 }), said("$3", "halo")]);
    // Other words do not let it stay longer.
    await index.put([said("$1", "halo lagi", { version: 2_000_000, until: 9_000 })]);
    await index.removeOf("!one", { until: 5_000 });
    expect((await find(index, "halo")).toSorted()).toEqual(["$2", "$3"]);
    await index.removeOf("!one");
    expect(await find(index, "halo")).toEqual([]);
    await index.put([said("$1", "halo")]);
    await index.clear();
    expect(await find(index, "halo")).toEqual([]);
    await index.put([said("$3", "halo")]);
    expect(await find(index, "halo")).toEqual(["$3"]);
});

test("the disk shows no word, sender, chat or id", async () => {
    const name = fresh();
    const index = await open(name);
    await index.put([said("$event", "rahasia besar")]);
    index.close();
    const raw = await openDB(name);
    for (const store of ["ids", "messages", "terms", "times", "notes"]) {
        const [keys, rows] = [await raw.getAllKeys(store), await raw.getAll(store)];
        const shown =
            JSON.stringify(keys) + rows.map((row) => (row instanceof Uint8Array ? new TextDecoder().decode(row) : row));
        for (const secret of ["rahas", "besar", "@ani", "!one", "$event"]) expect(shown).not.toContain(secret);
    }
});
