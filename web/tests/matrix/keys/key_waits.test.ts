/* Keys that are missing are looked for again, ever more seldom, until they come. */

import type { MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { KeyWaits } from "../../../src/matrix/keys/key_waits.ts";

const message = (key: string) =>
    ({ getRoomId: () => "!a", getWireContent: () => ({ session_id: key }) }) as unknown as MatrixEvent;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a key is looked for again and again, by one of its messages", async () => {
    const tried: MatrixEvent[] = [];
    const waits = new KeyWaits(async (event) => tried.push(event));
    waits.add(message("k"));
    waits.add(message("k"));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(tried).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(tried).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(30_000 + 60_000 + 300_000 + 300_000);
    expect(tried).toHaveLength(6);
});

test("a key that is newly missed is looked for soon, and the others with it", async () => {
    const tried: string[] = [];
    const waits = new KeyWaits(async (event) => tried.push(event.getWireContent().session_id));
    waits.add(message("old"));
    await vi.advanceTimersByTimeAsync(20_000);
    tried.length = 0;
    waits.add(message("new"));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(tried).toEqual(["old", "new"]);
});

test("what opens the backup has them all looked for soon", async () => {
    const tried: MatrixEvent[] = [];
    const waits = new KeyWaits(async (event) => tried.push(event));
    waits.add(message("k"));
    await vi.advanceTimersByTimeAsync(20_000);
    tried.length = 0;
    waits.soon();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(tried).toHaveLength(1);
});

test("a key that has come is not looked for; a try that fails ends nothing", async () => {
    const retry = vi.fn(async () => Promise.reject(new Error("no connection")));
    const waits = new KeyWaits(retry);
    waits.add(message("a"));
    waits.add(message("b"));
    waits.drop(message("a"));
    await vi.advanceTimersByTimeAsync(18_000);
    expect(retry).toHaveBeenCalledTimes(2);
    waits.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(retry).toHaveBeenCalledTimes(2);
});

test("only the latest are looked for", async () => {
    const tried: string[] = [];
    const waits = new KeyWaits(async (event) => tried.push(event.getWireContent().session_id));
    for (let each = 0; each < 150; each++) waits.add(message(String(each)));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(tried).toHaveLength(100);
    expect(tried[0]).toBe("50");
});
