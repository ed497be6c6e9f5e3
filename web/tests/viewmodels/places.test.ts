import { expect, test } from "vitest";

import { type Child, compareChildren } from "../../src/matrix/rooms/communities.ts";
import { placeInLink } from "../../src/viewmodels/places.ts";

const HERE = "http://localhost:8008";

test.each([
    [`${HERE}/#/join/!a%3Ax/Arisan`, ["join", "!a:x", "Arisan"]],
    [`  ${HERE}/#/u/ani `, ["u", "ani"]],
    [`${HERE}/#/u/paspor?start=ktp`, ["u", "paspor", "?start=ktp"]],
    ["#/join/!a", ["join", "!a"]],
    ["https://lain.example/#/join/!a", null],
    [`${HERE}/#/me/data`, null],
    [`${HERE}/#/join`, null],
    ["javascript:alert(1)#/join/!a", null],
    ["apa saja", null],
    ["", null],
])("%s", (link, place) => {
    expect(placeInLink(link, HERE)).toEqual(place);
});

test("a community's chats come in its own order, and then the oldest first", () => {
    const child = (roomId: string, order: string | null, at: number): Child => ({ roomId, order, at });
    const children = [child("d", null, 9), child("b", "2", 0), child("c", null, 1), child("a", "1", 5)];
    expect(children.toSorted(compareChildren).map(({ roomId }) => roomId)).toEqual(["a", "b", "c", "d"]);
});
