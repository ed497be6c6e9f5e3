import { expect, test } from "vitest";

import { type Heard, offersIn as offersInNewestFirst } from "../../../src/matrix/timeline/offers.ts";

const ME = "@ani:x";

function said(id: string, sender: string, told: unknown, encrypted = true): Heard {
    return { id, sender, told, encrypted };
}

function offersIn(messages: readonly Heard[], me: string) {
    return offersInNewestFirst(messages.toReversed(), me);
}

test("the newest word of the business counts, and what one has chosen since", () => {
    const heard = [said("1", "@toko:x", "off"), said("2", ME, "on"), said("3", "@toko:x", "on")];
    expect(offersIn(heard, ME)).toEqual({ standing: true, chosen: null, at: "3" });
    expect(offersIn([...heard, said("4", ME, undefined), said("5", ME, "off")], ME)).toEqual({
        standing: true,
        chosen: false,
        at: "3",
    });
    expect(offersIn([...heard, said("4", ME, "off"), said("5", ME, "on")], ME)?.chosen).toBe(true);
});

test("who sends no offers says nothing of them, and no server makes it up", () => {
    expect(offersIn([], ME)).toBeNull();
    expect(offersIn([said("1", ME, "on")], ME)).toBeNull();
    expect(offersIn([said("1", "@toko:x", "on", false), said("2", "@toko:x", { on: 1 })], ME)).toBeNull();
});
