import { expect, test } from "vitest";

import type { FlowWords } from "../../src/desk/api/inbox_api.ts";
import { nameIn, valueIn, Wording } from "../../src/desk/viewmodels/wording.ts";
import { eventually } from "./fake_gateway.ts";

const WORDS: FlowWords = {
    names: { purpose: { id: "Keperluan", en: "Purpose" }, name: { id: "Nama" } },
    options: { purpose: { new: { id: "Paspor baru", en: "New passport" } } },
};

test("what the folder has no word for is called as the flow names it", () => {
    expect(nameIn(WORDS, "purpose", "en")).toBe("Purpose");
    expect(nameIn(WORDS, "name", "en")).toBe("Nama");
    expect(nameIn(WORDS, "day", "en")).toBe("day");
    expect(valueIn(WORDS, "purpose", "new", "id")).toBe("Paspor baru");
    expect(valueIn(WORDS, "purpose", "other", "id")).toBe("other");
    expect(valueIn(WORDS, "toString", "length", "id")).toBe("length");
});

test("words are brought again when another version is spoken; without them there are names", async () => {
    const listeners: (() => void)[] = [];
    let words: FlowWords | null = null;
    const wording = new Wording({
        bring: async () => words ?? Promise.reject(new Error("away")),
        changed: (listener) => {
            listeners.push(listener);
            return () => {};
        },
    });
    expect(wording.value.names).toEqual({});
    words = WORDS;
    for (const listener of listeners) listener();
    await eventually(() => expect(wording.value.names).toBe(WORDS.names));
});
