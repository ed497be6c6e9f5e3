import { expect, test } from "vitest";

import {
    addPlaces,
    BLOCK,
    change,
    noBits,
    type Postings,
    pack,
    placesOf,
    unpack,
} from "../../../src/matrix/search/postings.ts";

const TERM = 77n;
const through = (postings: Postings) => unpack(pack(postings));
const read = (postings: Postings, term = TERM) => {
    const bits = noBits();
    addPlaces(pack(postings), term, bits);
    return placesOf(bits);
};
const steps = (places: readonly number[], there: boolean) => places.map((place) => ({ place, there }));

test.each([[[]], [[0]], [[5, 31, 32, BLOCK - 1]]])("%j are read as they were written", (places) => {
    const postings: Postings = new Map();
    change(postings, TERM, steps(places, true));
    expect(read(through(postings))).toEqual(places);
});

test.each([1_023, 1_024, 5_000, BLOCK])(
    "%d places are read as they were written, whichever form is smaller",
    (count) => {
        const places = Array.from({ length: count }, (_, place) => place);
        const postings: Postings = new Map();
        change(postings, TERM, steps(places, true));
        change(postings, 2n ** 64n - 1n, steps([3], true));
        const again = through(postings);
        expect(pack(again).byteLength).toBeLessThanOrEqual(BLOCK / 8 + 22);
        expect([read(again).length, read(again, 2n ** 64n - 1n)]).toEqual([count, [3]]);
    },
);

test("what is taken out is gone, and a term without places leaves the row", () => {
    const postings: Postings = new Map();
    change(postings, TERM, steps([1, 2, 3], true));
    change(postings, TERM, [...steps([2], false), ...steps([2, 4], true), ...steps([1], false)]);
    expect(read(postings)).toEqual([2, 3, 4]);
    change(postings, TERM, steps([2, 3, 4], false));
    expect(pack(postings).byteLength).toBe(0);
});
