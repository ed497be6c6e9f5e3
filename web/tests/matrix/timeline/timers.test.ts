import { expect, test } from "vitest";

import { lifetimeOf, maxAgeOf, type Timer, timerAt } from "../../../src/matrix/timeline/timers.ts";

const set = (at: number, maxAgeMs: number | null, before: number | null = null): Timer => ({ at, maxAgeMs, before });

test.each([
    ["before any", 5, null],
    ["at the moment of the first", 10, 100],
    ["between two", 15, 100],
    ["after it was taken back", 25, null],
    ["after the last", 40, 300],
])("a message keeps the timer under which it was sent: %s", (_, moment, expected) => {
    const timers = [set(30, 300), set(10, 100), set(20, null, 100)];
    expect(timerAt(timers, moment)).toBe(expected);
});

test("what was in force before the first known timer is what that one says of it", () => {
    expect(timerAt([set(30, 300, 200), set(40, null, 300)], 10)).toBe(200);
});

test.each([
    [{ max_age_ms: 60_000 }, 60_000],
    [{ max_age_ms: 0 }, null],
    [{ max_age_ms: -1 }, null],
    [{ max_age_ms: 1.5 }, null],
    [{ max_age_ms: "60000" }, null],
    [{}, null],
    [null, null],
    ["x", null],
])("of %j a timer is %s", (content, expected) => {
    expect(maxAgeOf(content)).toBe(expected);
});

test.each([
    [null, null, null],
    [100, null, { maxAgeMs: 100, differs: false }],
    [100, 100, { maxAgeMs: 100, differs: false }],
    [200, 100, { maxAgeMs: 100, differs: true }],
    [100, 200, { maxAgeMs: 100, differs: true }],
    // A server that hides the timer.
    [null, 100, { maxAgeMs: 100, differs: true }],
])("the chat says %s, the copy %s: %j holds", (ofChat, copy, expected) => {
    expect(lifetimeOf(ofChat, copy)).toEqual(expected);
});
