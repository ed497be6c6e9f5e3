/* What is begun is on the disk at once, and what is there last is what was written last. */

import "fake-indexeddb/auto";

import { expect, test, vi } from "vitest";

import { type Draft, Drafts, EMPTY } from "../../../src/matrix/sending/drafts.ts";
import { Vault } from "../../../src/platform/vault.ts";

const PLACE = "!a:example.org";

function draft(text: string): Draft {
    return { ...EMPTY, text };
}

async function drafts(name: string) {
    const area = (await Vault.open(name)).area<Draft>("drafts");
    const drafts = new Drafts(area);
    await drafts.ready;
    return { area, drafts };
}

test("the first letter is on its way to the disk before there is a pause", async () => {
    const { area, drafts: begun } = await drafts("first");
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    begun.keep(PLACE, draft("h"));
    while ((await area.get(PLACE))?.text !== "h") await new Promise(setImmediate);
    vi.useRealTimers();
});

test("who types without a pause has it written down in between, and the whole at the end", async () => {
    const { area, drafts: begun } = await drafts("typing");
    const seen = new Set<string | undefined>();
    let text = "";
    for (const letter of "sebuah kalimat yang panjang") {
        text += letter;
        begun.keep(PLACE, draft(text));
        await new Promise((resolve) => setTimeout(resolve, 30));
        seen.add((await area.get(PLACE))?.text);
    }
    expect(seen.size).toBeGreaterThan(2);
    await expect.poll(async () => (await area.get(PLACE))?.text).toBe(text);
});

test("a draft that was sent does not come back, however long it took to be sealed", async () => {
    const { area, drafts: begun } = await drafts("sent");
    begun.keep(PLACE, draft("halo ".repeat(10_000)));
    begun.keep(PLACE, EMPTY);
    await begun.flush();
    expect(await area.get(PLACE)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await area.get(PLACE)).toBeUndefined();
});
