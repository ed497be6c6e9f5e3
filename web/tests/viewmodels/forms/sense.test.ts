import { expect, test } from "vitest";

import type { How, Value } from "../../../src/matrix/timeline/forms.ts";
import { asText, holds, number, optionsOf, type State, text } from "../../../src/viewmodels/forms/sense.ts";

const STATE: State = {
    given: new Map([["A", { kota: "Bogor" }]]),
    answers: new Map([["A", new Map([["umur", "20"]])]]),
};

const COMPARED: [Value, How, Value, boolean][] = [
    ["10", "==", 10, true],
    [true, "==", "true", true],
    ["a", "!=", "b", true],
    [null, "==", "", true],
    ["9", "<", "10", true],
    ["9", "<", "b", false],
    [10, ">=", 10, true],
    [true, ">", 0, false],
];

test.each(COMPARED)("%s %s %s", (left, how, right, isSo) => {
    expect(holds({ $: "compare", how, left, right }, STATE)).toBe(isSo);
});

test("only true is true", () => {
    const others: Value[] = ["true", 1, "x", null, [], { $: "answer", screen: "A", name: "umur" }];
    expect(others.filter((value) => holds(value, STATE))).toEqual([]);
    expect(holds({ $: "every", parts: [true, { $: "not", part: { $: "some", parts: [false] } }] }, STATE)).toBe(true);
});

test("what names nothing is nothing, whatever it is called", () => {
    for (const name of ["z", "constructor", "__proto__"]) {
        const given: Value = { $: "given", screen: "A", name };
        expect(text({ $: "join", parts: [given, { $: "answer", screen: "Z", name }, "!"] }, STATE)).toBe("!");
        expect(optionsOf(given, STATE)).toEqual([]);
    }
    expect(number("zwei", STATE)).toBeNull();
});

test("words", () => {
    expect([1, 0.5, ["a", 1], { a: 1 }, null, false].map(asText)).toEqual(["1", "0.5", "a, 1", "", "", "false"]);
});
