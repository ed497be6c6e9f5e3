/* What is begun of a form is there again, and no more of it than the last few. */

import "fake-indexeddb/auto";

import { expect, test } from "vitest";

import { FormDrafts, type KeptForm } from "../../../src/matrix/sending/form_drafts.ts";
import { Vault } from "../../../src/platform/vault.ts";

const pages = (nama: string) => [{ id: "A", values: { nama } }];

async function drafts(name: string) {
    const area = (await Vault.open(name)).area<KeptForm>("forms");
    const drafts = new FormDrafts(area);
    await drafts.ready;
    return { area, drafts };
}

test("what was begun survives a reload, and goes once it is sent", async () => {
    const first = await drafts("form");
    first.drafts.keep("$form", pages("B"));
    first.drafts.keep("$form", pages("Budi"));
    await first.drafts.flush();
    const again = new FormDrafts(first.area);
    await again.ready;
    expect(again.of("$form")).toEqual(pages("Budi"));
    again.keep("$form", []);
    await again.flush();
    expect((await first.area.all()).size).toBe(0);
    expect(again.of("$form")).toEqual([]);
});

test("the oldest of many are let go", async () => {
    const { area, drafts: begun } = await drafts("many forms");
    for (let place = 0; place < 25; place++) begun.keep(`$${place}`, pages(`${place}`));
    await begun.flush();
    expect((await area.all()).size).toBe(20);
    expect(begun.of("$4")).toEqual([]);
    expect(begun.of("$5")).toEqual(pages("5"));
});
