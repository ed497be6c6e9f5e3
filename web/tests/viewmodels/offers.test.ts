import { expect, test } from "vitest";

import type { OffersChoice } from "../../src/matrix/timeline/offers.ts";
import { Observable } from "../../src/platform/observable.ts";
import { Offers } from "../../src/viewmodels/offers.ts";

const OFF: OffersChoice = { standing: false, chosen: null, at: "$1" };

function ground(first: OffersChoice | null, fails = false) {
    const choice = new Observable<OffersChoice | null>(first);
    const said: [boolean, string][] = [];
    const offers = new Offers({
        choice,
        say: async (wanted, words) => {
            if (fails) throw new Error("offline");
            said.push([wanted, words]);
        },
    });
    return { choice, said, offers };
}

test("what is chosen shows at once, and holds when the business says so", async () => {
    const { choice, said, offers } = ground(OFF);
    expect(offers.value).toEqual({ offered: true, wanted: false, waiting: false, failed: false });
    const done = offers.choose(true, "Offers on");
    expect(offers.value).toMatchObject({ wanted: true, waiting: true });
    await done;
    expect(said).toEqual([[true, "Offers on"]]);
    choice.set({ standing: true, chosen: null, at: "$2" });
    expect(offers.value).toMatchObject({ wanted: true, waiting: false });
    choice.set({ standing: false, chosen: null, at: "$3" });
    expect(offers.value).toMatchObject({ wanted: false, waiting: false });
});

test("what could not be sent is not chosen", async () => {
    const { offers } = ground(OFF, true);
    await offers.choose(true, "Offers on");
    expect(offers.value).toEqual({ offered: true, wanted: false, waiting: false, failed: true });
});

test("without offers there is nothing to choose; another device may have chosen", async () => {
    const { choice, said, offers } = ground(null);
    await offers.choose(true, "Offers on");
    expect([offers.value.offered, said]).toEqual([false, []]);
    choice.set({ ...OFF, chosen: true });
    expect(offers.value).toMatchObject({ offered: true, wanted: true, waiting: true });
});
