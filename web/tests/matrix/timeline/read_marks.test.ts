/* Receipts: the first at once, then one a second for the newest that was read. */

import { ReceiptType } from "matrix-js-sdk/lib/@types/read_receipts";
import { MatrixError, type MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ReadMarks } from "../../../src/matrix/timeline/read_marks.ts";

const event = (id: string) => ({ getId: () => id }) as unknown as MatrixEvent;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("much that is read at once is told of twice", async () => {
    const told: (string | undefined)[] = [];
    const marks = new ReadMarks({
        sendReadReceipt: async (read) => {
            told.push(read?.getId());
            return {};
        },
    });
    for (let each = 0; each < 20; each++) marks.mark(event(`$${each}`), ReceiptType.Read);
    expect(told).toEqual(["$0"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual(["$0", "$19"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(["$0", "$19"]);
});

test("a receipt that is lost is told again, later each time, or the next one in its place", async () => {
    const told: (string | undefined)[] = [];
    let connected = false;
    const marks = new ReadMarks({
        sendReadReceipt: async (read) => {
            told.push(read?.getId());
            if (!connected) throw new Error("no connection");
            return {};
        },
    });
    marks.mark(event("$a"), ReceiptType.Read);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(told).toEqual(["$a", "$a", "$a", "$a"]);
    marks.mark(event("$b"), ReceiptType.ReadPrivate);
    connected = true;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(told).toEqual(["$a", "$a", "$a", "$a", "$b"]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(told).toHaveLength(5);
});

test("a receipt that is refused is not told again", async () => {
    const send = vi.fn(async () => Promise.reject(new MatrixError({ errcode: "M_FORBIDDEN" }, 403)));
    new ReadMarks({ sendReadReceipt: send }).mark(event("$a"), ReceiptType.Read);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(send).toHaveBeenCalledOnce();
});
