import { expect, test } from "vitest";

import { fillingIn, fitsMessage, readFilled, readForm } from "../../../src/matrix/timeline/forms.ts";

const SCREEN = { id: "A", parts: [{ kind: "line", name: "nama", text: "Nama" }], footers: [{ label: "Kirim" }] };
const FORM = { v: 1, button: "Isi", first: "A", data: {}, screens: [SCREEN] };
const read = (change: object) => readForm({ "id.amanat.form": { ...FORM, ...change } });
const withPart = (change: object) => read({ screens: [{ ...SCREEN, parts: [{ ...SCREEN.parts[0], ...change }] }] });

test("a form is read whole, with what is usual where nothing is said", () => {
    const intro = { type: "m.room.message", content: { "m.text": [{ body: "Silakan" }] } };
    const offer = read({ intro });
    expect(offer?.text).toBe("Silakan");
    const part = offer?.form.form.screens[0]?.parts[0];
    expect(part).toMatchObject({ name: "nama", when: true, required: false, enabled: true, input: "text" });
});

test("what does not fit shows nothing", () => {
    let deep: unknown = true;
    for (let depth = 0; depth < 100; depth++) deep = { $: "not", part: deep };
    const wrong = [
        read({ v: 2 }),
        read({ button: "" }),
        read({ first: "Z" }),
        read({ data: [] }),
        read({ screens: [SCREEN, SCREEN] }),
        read({ screens: Array.from({ length: 21 }, (_, place) => ({ ...SCREEN, id: `${place}` })) }),
        read({ screens: [{ ...SCREEN, footers: [{ label: "x", gives: { a: { $: "run" } } }] }] }),
        withPart({ kind: "script" }),
        withPart({ text: { $: "compare", how: "~", left: 1, right: 2 } }),
        withPart({ when: deep }),
        withPart({ kind: "link", url: "javascript:alert(1)" }),
        withPart({ weekdays: ["Mon"] }),
        withPart({ options: [{ id: 1 }] }),
    ];
    expect(wrong).toEqual(wrong.map(() => null));
    expect(readForm({})).toBeNull();
});

test("an answer names its form within the ciphertext", () => {
    const pages = [{ id: "A", values: { nama: "Budi" } }];
    expect(readFilled(fillingIn("$form", pages))).toBe("$form");
    expect(readFilled({ "m.in_reply_to": { event_id: "$form" } })).toBeNull();
    expect(fitsMessage(pages)).toBe(true);
    expect(fitsMessage([{ id: "A", values: { nama: "x".repeat(20_000) } }])).toBe(false);
});
