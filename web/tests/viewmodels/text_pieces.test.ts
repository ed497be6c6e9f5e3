import { expect, test } from "vitest";

import { isFewEmoji, piecesOf, safeLink } from "../../src/viewmodels/text_pieces.ts";

const links = (text: string) => piecesOf(text, []).flatMap((piece) => (piece.kind === "link" ? [piece.href] : []));

test.each([
    ["see https://example.org/a.", ["https://example.org/a"]],
    ["(https://example.org/a_(b))", ["https://example.org/a_(b)"]],
    ["www.contoh.id, ya?", ["https://www.contoh.id/"]],
    ["tulis ke ani@contoh.id!", ["mailto:ani@contoh.id"]],
    ["javascript:alert(1) data:text/html,x", []],
    ["no address. here", []],
])("an address in %j leads there and nowhere else", (text, hrefs) => {
    expect(links(text)).toEqual(hrefs);
});

test("no character of a text is lost", () => {
    const text = "Hai @Ani, lihat https://example.org/x). Ani? www.contoh.id!";
    const pieces = piecesOf(text, [{ name: "Ani", me: true }]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter(({ kind }) => kind === "mention").map(({ text }) => text)).toEqual(["@Ani", "Ani"]);
});

test.each(["http://a.example", "https://a.example", "mailto:a@a.example"])("%s may be opened", (address) => {
    expect(safeLink(address)).not.toBeNull();
});

test.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "blob:x", "nonsense"])(
    "%s may not be opened",
    (address) => {
        expect(safeLink(address)).toBeNull();
    },
);

test.each([
    ["🎉", true],
    ["👍🏽 👨‍👩‍👧 🇮🇩", true],
    ["🎉🎉🎉🎉🎉🎉🎉", false],
    ["2", false],
    ["ya 🎉", false],
])("%j is a few emoji and nothing else: %s", (text, few) => {
    expect(isFewEmoji(text)).toBe(few);
});
