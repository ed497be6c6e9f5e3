import type { IContent } from "matrix-js-sdk/lib/matrix";
import { expect, test } from "vitest";

import { answering, readAnswer, readOffer, sharingNumber } from "../../../src/matrix/timeline/menus.ts";

const ME = "@ani:x";

function prompt(id: string, title: string, more: object = {}): object {
    return { type: "preset", id, label: { "m.text": [{ body: title }] }, ...more };
}

function offering(prompts: unknown, more: object = {}): IContent {
    return { msgtype: "m.text", body: "1. Satu", "org.matrix.msc4139.prompts": { prompts, ...more } };
}

test("a few short choices are buttons, more or longer ones a list", () => {
    const few = readOffer(offering([prompt("a", "Satu"), prompt("b", "Dua")]), ME);
    expect(few?.menu).toEqual({
        choices: [
            { id: "a", title: "Satu", description: "" },
            { id: "b", title: "Dua", description: "" },
        ],
        style: "buttons",
        state: "open",
        chosen: null,
    });
    expect(readOffer(offering(["a", "b", "c", "d"].map((id) => prompt(id, id))), ME)?.menu.style).toBe("list");
    const told = readOffer(offering([prompt("a", "Satu", { "id.amanat.description": "yang pertama" })]), ME);
    expect(told?.menu).toMatchObject({ style: "list", choices: [{ description: "yang pertama" }] });
});

test("what stands above the choices is what the message says for apps with buttons", () => {
    const text = { "m.text": [{ body: "<b>Apa?</b>", mimetype: "text/html" }, { body: "Apa?" }] };
    const offer = readOffer(offering([prompt("a", "Satu")], { intro: { content: text } }), ME);
    expect(offer).toMatchObject({ text: "Apa?", formatted: "<b>Apa?</b>" });
    expect(readOffer(offering([prompt("a", "Satu")], { intro: { content: { "m.text": "Apa?" } } }), ME)?.text).toBe(
        "Apa?",
    );
    for (const intro of [undefined, 1, {}, { content: { "m.text": [] } }, { content: { "m.text": "x".repeat(9000) } }])
        expect(readOffer(offering([prompt("a", "Satu")], { intro }), ME)?.text).toBeUndefined();
});

const ODD: [string, unknown, object?][] = [
    ["nothing", undefined],
    ["no list", { a: 1 }],
    ["an empty list", []],
    ["more than anybody reads", Array.from({ length: 21 }, (_, id) => prompt(String(id), "x"))],
    ["something to type", [{ ...prompt("a", "Satu"), type: "input" }]],
    ["one of them broken", [prompt("a", "Satu"), null]],
    ["a choice without words", [prompt("a", " \u202e ")]],
    ["an id too long", [prompt("a".repeat(201), "Satu")]],
    ["two of one id", [prompt("a", "Satu"), prompt("a", "Dua")]],
    ["for others", [prompt("a", "Satu")], { scope: ["@budi:x"] }],
    ["for nobody", [prompt("a", "Satu")], { scope: [] }],
    ["a scope of no shape", [prompt("a", "Satu")], { scope: ME }],
];

test.each(ODD)("what does not fit is no menu: %s", (_, prompts, more) => {
    expect(readOffer(offering(prompts, more), ME)).toBeNull();
});

test("a menu for oneself among others is one's own to answer", () => {
    expect(readOffer(offering([prompt("a", "Satu")], { scope: ["@budi:x", ME] }), ME)).not.toBeNull();
});

test("titles are one line of bounded length, whatever a stranger puts into them", () => {
    const title = `\u202eSatu\n\n<b>dua</b>${"👋🏽x".repeat(100_000)}`;
    const [choice] = readOffer(offering([prompt("a", title)]), ME)?.menu.choices ?? [];
    expect(choice?.title).toMatch(/^Satu <b>dua<\/b>/);
    expect([...(choice?.title ?? "")]).toHaveLength(60);
    expect(choice?.title.endsWith("…")).toBe(true);
});

test("an answer names what it answers", () => {
    const answer = { menuId: "$1", choiceId: "welcome/status" };
    expect(readAnswer({ body: "Status", ...answering(answer) })).toEqual(answer);
    for (const odd of [{}, { id: 1 }, [], null]) {
        const content = { ...answering(answer), "org.matrix.msc4139.used_prompt": odd };
        expect(readAnswer(content)).toBeNull();
    }
    expect(readAnswer({ ...answering(answer), "m.in_reply_to": undefined })).toBeNull();
});

test("a choice may ask for more than its words, and be labelled in several languages", () => {
    const label = {
        "m.text": [
            { body: "Kirim lokasi", lang: "id" },
            { body: "Send location", lang: "en" },
        ],
    };
    const asked = [
        prompt("p", "Nomor", { "id.amanat.wants": "phone" }),
        prompt("l", "", { label, "id.amanat.wants": "place" }),
    ];
    expect(readOffer(offering(asked), ME)?.menu.choices).toEqual([
        { id: "p", title: "Nomor", description: "", wants: "phone" },
        {
            id: "l",
            title: "Kirim lokasi",
            description: "",
            titles: { id: "Kirim lokasi", en: "Send location" },
            wants: "place",
        },
    ]);
    const odd = [
        prompt("p", "Nomor", { "id.amanat.wants": "passport" }),
        prompt("q", "Lain", { "id.amanat.wants": {} }),
    ];
    expect(readOffer(offering(odd), ME)?.menu.choices.map(({ wants }) => wants)).toEqual([undefined, undefined]);
});

test("what says that a number is shared holds none", () => {
    const shared = sharingNumber({ menuId: "$1", choiceId: "p" });
    expect(shared["id.amanat.shared"]).toBe("phone");
    expect(readAnswer(shared)).toEqual({ menuId: "$1", choiceId: "p" });
});
