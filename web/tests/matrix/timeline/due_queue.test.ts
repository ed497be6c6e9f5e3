import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { DueQueue } from "../../../src/matrix/timeline/due_queue.ts";

const HOUR = 60 * 60 * 1000;
let come: string[][];
let queue: DueQueue<string>;

beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    come = [];
    queue = new DueQueue((due) => come.push([...due]));
});

afterEach(() => vi.useRealTimers());

test("each comes at its moment, those of one moment together", async () => {
    const now = Date.now();
    queue.put("b", "b", now + 2_000);
    queue.put("a", "a", now + 1_000);
    queue.put("c", "c", now + 2_000);
    await vi.advanceTimersByTimeAsync(999);
    expect(come).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(come).toEqual([["a"]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(come).toEqual([["a"], ["b", "c"]]);
});

test("what is due far away, or long ago, comes too", async () => {
    queue.put("old", "old", 5);
    queue.put("far", "far", Date.now() + 40 * 24 * HOUR);
    await vi.advanceTimersByTimeAsync(0);
    expect(come).toEqual([["old"]]);
    await vi.advanceTimersByTimeAsync(40 * 24 * HOUR);
    expect(come).toEqual([["old"], ["far"]]);
});

test("after a sleep, or a clock that was put forward, it comes within a minute", async () => {
    queue.put("a", "a", Date.now() + 24 * HOUR);
    vi.setSystemTime(Date.now() + 25 * HOUR);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(come).toEqual([["a"]]);
});

test("nothing comes once it is cleared, and what is put again comes once", async () => {
    queue.put("a", "a", Date.now() + 1_000);
    queue.put("a", "a again", Date.now() + 2_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(come).toEqual([["a again"]]);
    queue.put("b", "b", Date.now() + 1_000);
    queue.clear();
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(come).toHaveLength(1);
});
