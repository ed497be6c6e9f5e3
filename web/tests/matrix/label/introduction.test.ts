import { expect, test } from "vitest";

import { inLanguage, readIntroduction } from "../../../src/matrix/label/introduction.ts";

test("what a bot says is read in the languages of this app", () => {
    const told = {
        v: 1,
        about: { "": "Menjawab soal paspor.", en: "Answers about passports.", xx: "lain" },
        commands: {
            "": [
                { name: "start", hint: "Mulai" },
                { name: "biaya", hint: "Berapa" },
            ],
            en: [{ name: "start", hint: "Begin" }],
        },
    };
    const read = readIntroduction(told);
    expect(read?.starts).toBe(true);
    expect(read?.commands.map(({ name, hints }) => [name, inLanguage(hints, "en")])).toEqual([
        ["start", "Begin"],
        ["biaya", "Berapa"],
    ]);
    expect(inLanguage(read?.about ?? {}, "id")).toBe("Menjawab soal paspor.");
    expect(Object.keys(read?.about ?? {})).toEqual(["", "en"]);
});

test.each([[undefined], [{}], [{ v: 2 }], ["x"], [[]]])("%j says nothing", (told) => {
    expect(readIntroduction(told)).toBeNull();
});

test("what is odd is left out, and what is too much is cut", () => {
    const commands = Array.from({ length: 99 }, (_, place) => ({ name: `c${place}`, hint: "x".repeat(500) }));
    const odd = [{ name: "a b" }, { hint: "x" }, null, { name: 5 }];
    const read = readIntroduction({ v: 1, about: { "": "\u202eab\u0000" }, commands: { "": [...odd, ...commands] } });
    expect(read?.commands.length).toBeLessThanOrEqual(30);
    expect(read?.commands[0]).toEqual({ name: "c0", hints: { "": "x".repeat(100) } });
    expect([read?.about, read?.starts]).toEqual([{ "": "ab" }, false]);
    expect(readIntroduction({ v: 1, about: [], commands: { "": "x" } })).toEqual({
        about: {},
        commands: [],
        prompts: [],
        starts: false,
    });
    const prompts = ["Jam buka?", " ", 5, "Jam buka?", "x".repeat(99), "a", "b", "c"];
    expect(readIntroduction({ v: 1, prompts })?.prompts).toEqual(["Jam buka?", "x".repeat(80), "a", "b"]);
});
