import { expect, test } from "vitest";

import { Refused, Unreachable } from "../../src/desk/api/http.ts";
import { Pulse } from "../../src/desk/viewmodels/pulse.ts";

type Step = { next: number; changed: string[] } | Error;

/** A pulse that hears these things one after the other, and what it asked and waited for. */
function pulseOf(steps: Step[]) {
    const asked: number[] = [];
    const waited: number[] = [];
    let barred = 0;
    const pulse: Pulse = new Pulse({
        changes: async (since) => {
            asked.push(since);
            const step = steps.shift();
            if (step instanceof Error) throw step;
            if (step !== undefined) return step;
            pulse.dispose();
            throw new Error("It has ended.");
        },
        wait: async (ms) => void waited.push(ms),
        barred: () => {
            barred += 1;
        },
    });
    return { pulse, asked, waited, barred: () => barred };
}

test("who shows something is told when it changes, and everybody at the beginning", async () => {
    const { pulse, asked } = pulseOf([
        { next: 7, changed: [] },
        { next: 8, changed: ["inbox"] },
        { next: 9, changed: ["chat:!a"] },
    ]);
    const told: string[] = [];
    pulse.on("inbox", () => told.push("inbox"));
    pulse.on("chat:!a", () => told.push("chat"));
    await pulse.run();
    expect(told).toEqual(["inbox", "chat", "inbox", "chat"]);
    expect(asked).toEqual([0, 7, 8, 9]);
});

test("without a connection it asks ever more seldom, then from the beginning: anything may have been missed", async () => {
    const gone = () => new Unreachable("gone");
    const { pulse, asked, waited } = pulseOf([
        { next: 7, changed: [] },
        ...Array.from({ length: 7 }, gone),
        { next: 9, changed: [] },
    ]);
    const seen: boolean[] = [];
    pulse.subscribe(() => seen.push(pulse.value.connected));
    let told = 0;
    pulse.on("day", () => {
        told += 1;
    });
    await pulse.run();
    expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(asked.slice(0, 4)).toEqual([0, 7, 0, 0]);
    expect([seen, told]).toEqual([[false, true], 2]);
});

test("a gateway that counts anew may have changed anything", async () => {
    const { pulse } = pulseOf([
        { next: 70, changed: [] },
        { next: 3, changed: [] },
    ]);
    let told = 0;
    pulse.on("flow", () => {
        told += 1;
    });
    await pulse.run();
    expect(told).toBe(2);
});

test("whoever is signed out or has no role any more asks no further", async () => {
    const out = pulseOf([new Refused(401, {}), { next: 1, changed: [] }]);
    await out.pulse.run();
    expect([out.asked, out.barred()]).toEqual([[0], 0]);
    const barred = pulseOf([new Refused(403, {}), { next: 1, changed: [] }]);
    await barred.pulse.run();
    expect([barred.asked, barred.barred()]).toEqual([[0], 1]);
});
