import { expect, test } from "vitest";

import { pinnedIn, withoutPin, withPin } from "../../../src/matrix/timeline/pins.ts";

test("the newest stands first, and what is no id is left out", () => {
    expect(pinnedIn({ pinned: ["$a", 1, "b", "$c", "$a"] })).toEqual(["$a", "$c"]);
    expect(pinnedIn({})).toEqual([]);
    expect(pinnedIn({ pinned: "$a" })).toEqual([]);
    expect(pinnedIn({ pinned: Array.from({ length: 200 }, (_, place) => `$${place}`) })).toHaveLength(50);
});

test("a message is pinned once, and others stay while there is room", () => {
    const many = { pinned: Array.from({ length: 100 }, (_, place) => `$${place}`), other: true };
    expect(withPin(many, "$0").pinned).toEqual([...many.pinned.slice(1), "$0"]);
    expect(withPin(many, "$new").pinned).toEqual([...many.pinned.slice(1), "$new"]);
    expect(withPin({}, "$a")).toEqual({ pinned: ["$a"] });
    expect(withoutPin(many, "$7")).toMatchObject({ other: true });
    expect(withoutPin(many, "$7").pinned).toHaveLength(99);
});
