import { expect, test } from "vitest";

import { addressOf, placeOf } from "../../src/platform/navigation.ts";

test.each([[[]], [["chats"]], [["chats", "!a/b?c#d"]], [["me", "perangkat 1"]]])("%j survives its address", (place) => {
    expect(placeOf(addressOf(place))).toEqual(place);
});

test("what a link says behind its place is a part of it, and survives the way over the server's pages", () => {
    const place = placeOf("#/u/paspor?text=Halo%2C%20a/b%3F&x=?");
    expect(place).toEqual(["u", "paspor", "?text=Halo%2C%20a/b%3F&x=?"]);
    expect(placeOf(addressOf(place))).toEqual(place);
});

test("an address that nobody could have linked leads to the start", () => {
    expect(placeOf("#/chats/%E0%A4%A")).toEqual([]);
});
