import { expect, test } from "vitest";

import { MOST_CHOICES, readCards } from "../../../src/matrix/timeline/cards.ts";
import { readOffer } from "../../../src/matrix/timeline/menus.ts";

const CARD = { text: "Satu", buttons: [{ id: "a", label: "Pilih" }] };
const LINK = { text: "Dua", buttons: [{ url: "https://contoh.id/", label: "Lihat" }] };
const read = (...cards: unknown[]) => readCards({ "id.amanat.cards": { v: 1, cards } })?.cards ?? null;

test("cards have words, and buttons that answer or lead somewhere", () => {
    expect(read(CARD, LINK)?.map(({ text, buttons }) => [text, buttons])).toEqual([
        ["Satu", [{ kind: "choice", id: "a", label: "Pilih" }]],
        ["Dua", [{ kind: "link", url: "https://contoh.id/", label: "Lihat" }]],
    ]);
    const film = { url: "mxc://a.example/b", key: { k: "a" }, iv: "b", hashes: { sha256: "c" } };
    expect(read({ video: { file: film } }, { product: { id: "1", title: "Kopi" } })).toMatchObject([
        { media: { kind: "video" } },
        { product: { title: "Kopi" } },
    ]);
});

test("what does not fit shows nothing", () => {
    const wrong = [
        read(CARD),
        read(...Array.from({ length: 11 }, () => CARD)),
        read(CARD, {}),
        read(CARD, { text: "x", buttons: [{ id: "a", label: "" }] }),
        read(CARD, { text: "x", buttons: [{ url: "javascript:alert(1)", label: "x" }] }),
        read(CARD, { text: "x", product: { id: "1" } }),
        readCards({ "id.amanat.cards": { v: 2, cards: [CARD, CARD] } }),
        readCards({}),
    ];
    expect(wrong).toEqual(wrong.map(() => null));
});

test("full cards have more choices than fit below each other", () => {
    const prompts = Array.from({ length: 30 }, (_, place) => ({
        type: "preset",
        id: `${place}`,
        label: { "m.text": [{ body: "Pilih" }] },
    }));
    const content = { "org.matrix.msc4139.prompts": { prompts } };
    expect(readOffer(content, "@ani:a.example")).toBeNull();
    expect(readOffer(content, "@ani:a.example", MOST_CHOICES)?.menu.choices).toHaveLength(30);
});
