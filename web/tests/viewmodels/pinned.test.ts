import { expect, test } from "vitest";

import type { PinnedState } from "../../src/matrix/timeline/pinned_messages.ts";
import { Observable } from "../../src/platform/observable.ts";
import { type Pin, Pinned } from "../../src/viewmodels/pinned.ts";

const said = (id: string): Pin => ({ id, preview: { kind: "text", text: id, sender: "Budi" } });
const locked: Pin = { id: "$locked", preview: { kind: "unreadable", text: "", sender: "Budi" } };
const away: Pin = { id: "$away", preview: null };

function pinned(...pins: Pin[]) {
    const state = new Observable<PinnedState>({ pins, may: true });
    const done: string[] = [];
    const view = new Pinned({
        state,
        lookAtAll: () => void done.push("all"),
        unpin: async (id) => {
            if (id === "$refused") throw new Error("The server refused.");
            done.push(id);
        },
    });
    const tell = (...pins: Pin[]) => state.set({ pins, may: true });
    return { view, tell, done };
}

const shown = ({ value }: Pinned) => [value.shown?.id, value.place];

test("the newest that can be read is shown; where none can, the newest", () => {
    expect(shown(pinned(away, locked, said("$a"), said("$b")).view)).toEqual(["$a", 3]);
    expect(shown(pinned(away, locked).view)).toEqual(["$away", 1]);
    expect(shown(pinned().view)).toEqual([undefined, 0]);
});

test("one steps from the newest to the oldest, and round, past what cannot be read", () => {
    const { view } = pinned(said("$a"), away, locked, said("$b"));
    view.step();
    expect(shown(view)).toEqual(["$b", 4]);
    view.step();
    expect(shown(view)).toEqual(["$a", 1]);
});

test("what was stepped to stays, until it is pinned no more or something newer is", () => {
    const { view, tell } = pinned(said("$a"), said("$b"));
    view.step();
    tell(said("$a"), said("$b"), said("$old"));
    expect(shown(view)).toEqual(["$b", 2]);
    tell(said("$a"), said("$old"));
    expect(shown(view)).toEqual(["$a", 1]);
    view.step();
    tell(said("$c"), said("$a"), said("$old"));
    expect(shown(view)).toEqual(["$c", 1]);
});

test("older ones are asked for when one comes to them", async () => {
    const { view, done } = pinned(said("$a"), { id: "$b", preview: undefined });
    view.step();
    expect(done).toEqual(["all"]);
    expect([await view.unpin("$b"), await view.unpin("$refused")]).toEqual([true, false]);
    expect(done).toEqual(["all", "$b"]);
});
