import { expect, test } from "vitest";

import { linkTextOf, MAX_LINK_TEXT, wordsOf } from "../../src/viewmodels/link_text.ts";

test.each([
    ["?start=ktp", "/start ktp"],
    [`?start=${"a".repeat(64)}`, `/start ${"a".repeat(64)}`],
    ["?start=aGFsbw-_9", "/start aGFsbw-_9"],
    ["?text=Halo%2C%20saya%20mau%20tanya%3F", "Halo, saya mau tanya?"],
    ["?text=Halo+saya&utm=brosur", "Halo saya"],
    ["?text=satu%0D%0Adua", "satu\ndua"],
    ["?start=ktp&text=lain", "/start ktp"],
])("%s says something", (query, words) => {
    const said = linkTextOf(query);
    expect(said && wordsOf(said)).toBe(words);
});

test.each([
    [undefined],
    ["ktp"],
    ["?"],
    ["?start="],
    ["?start=a%20b"],
    ["?start=a%0A/delete"],
    [`?start=${"a".repeat(65)}`],
    ["?text=%20%0A"],
    [`?text=${"a".repeat(MAX_LINK_TEXT + 1)}`],
])("%s says nothing that makes sense", (query) => {
    expect(linkTextOf(query)).toBeNull();
});

test("what nobody would see is not in what is said", () => {
    expect(linkTextOf("?text=ba%E2%80%AEik%00%1B")).toEqual({ kind: "text", text: "baik" });
});
