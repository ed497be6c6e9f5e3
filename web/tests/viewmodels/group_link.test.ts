/* A link into a group may carry a bot's token, which goes with the request and through signing up. */

import { expect, test } from "vitest";

import { addressOf, placeOf } from "../../src/platform/navigation.ts";
import { groupLinkOf } from "../../src/viewmodels/group_link.ts";
import { placeInLink } from "../../src/viewmodels/places.ts";

const TOKEN = "AAAAAAAAAAAAAAAAAAAA_-";

test.each([
    [`#/join/!r`, { name: "", said: null }],
    [`#/join/!r/Arisan%20RT`, { name: "Arisan RT", said: null }],
    [`#/join/!r?link=${TOKEN}`, { name: "", said: `link=${TOKEN}` }],
    [`#/join/!r/Arisan?link=${TOKEN}`, { name: "Arisan", said: `link=${TOKEN}` }],
    [`#/join/!r/%3FApa`, { name: "?Apa", said: null }],
    [`#/join/!r?link=pendek`, { name: "?link=pendek", said: null }],
])("%s", (address, told) => {
    const [, , ...parts] = placeOf(address);
    expect(groupLinkOf(parts)).toEqual(told);
});

test("what is kept while somebody signs up leads to the same", () => {
    const place = placeInLink(`https://chat.example/#/join/!r?link=${TOKEN}`, "https://chat.example") ?? [];
    const [, , ...parts] = placeOf(addressOf(place));
    expect(groupLinkOf(parts)).toEqual({ name: "", said: `link=${TOKEN}` });
});
