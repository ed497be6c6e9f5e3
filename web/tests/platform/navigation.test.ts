import { expect, test } from "vitest";

import { addressOf, placeOf } from "../../src/platform/navigation.ts";

test.each([[[]], [["chats"]], [["chats", "!a/b?c#d"]], [["me", "perangkat 1"]]])("%j survives its address", (place) => {
    expect(placeOf(addressOf(place))).toEqual(place);
});

test("an address that nobody could have linked leads to the start", () => {
    expect(placeOf("#/chats/%E0%A4%A")).toEqual([]);
});
