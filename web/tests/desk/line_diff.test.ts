import { expect, test } from "vitest";

import { merged, pieces } from "../../src/desk/viewmodels/line_diff.ts";

const BASE = ["a", "b", "c", "d", "e"].join("\n");

test("pieces make both texts again", () => {
    let seed = 7;
    const random = (below: number) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor((seed / 2_147_483_648) * below);
    };
    const text = () => Array.from({ length: random(9) }, () => "abcd"[random(4)]).join("\n");
    for (let round = 0; round < 300; round++) {
        const [before, after] = [text(), text()];
        const found = pieces(before, after);
        const without = (kind: string) => found.filter((piece) => piece.kind !== kind).flatMap(({ lines }) => lines);
        expect(without("new").join("\n")).toBe(before);
        expect(without("gone").join("\n")).toBe(after);
    }
});

test("what stays stays: only what changed is gone or new", () => {
    expect(pieces(BASE, BASE)).toEqual([{ kind: "same", lines: ["a", "b", "c", "d", "e"] }]);
    expect(pieces(BASE, "a\nb\nX\nd\ne\nf")).toEqual([
        { kind: "same", lines: ["a", "b"] },
        { kind: "gone", lines: ["c"] },
        { kind: "new", lines: ["X"] },
        { kind: "same", lines: ["d", "e"] },
        { kind: "new", lines: ["f"] },
    ]);
});

test("what two people changed in different lines comes together", () => {
    expect(merged(BASE, "A\nb\nc\nd\ne", "a\nb\nc\nd\nE\nf")).toEqual({ text: "A\nb\nc\nd\nE\nf", overlaps: false });
    expect(merged(BASE, "b\nc\nd\ne", "a\nb\nc\nX\nd\ne")).toEqual({ text: "b\nc\nX\nd\ne", overlaps: false });
});

test("where both changed the same lines ours stand, and it is said; the same change twice is one", () => {
    expect(merged(BASE, "a\nours\nc\nd\ne", "a\ntheirs\nc\nd\nE")).toEqual({
        text: "a\nours\nc\nd\nE",
        overlaps: true,
    });
    expect(merged(BASE, "a\nsame\nc\nd\ne", "a\nsame\nc\nd\ne")).toEqual({ text: "a\nsame\nc\nd\ne", overlaps: false });
});

test("a text that is merged with itself stays as it is", () => {
    expect(merged(BASE, BASE, "a\nX")).toEqual({ text: "a\nX", overlaps: false });
    expect(merged(BASE, "a\nX", BASE)).toEqual({ text: "a\nX", overlaps: false });
});
