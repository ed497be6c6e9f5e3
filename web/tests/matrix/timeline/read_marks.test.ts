/* Receipts: the first at once, then one a second for the newest that was read. */

import { ReceiptType } from "matrix-js-sdk/lib/@types/read_receipts";
import type { MatrixEvent } from "matrix-js-sdk/lib/matrix";
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

test("a receipt that is lost keeps no later one back", async () => {
    const send = vi.fn(async () => Promise.reject(new Error("no connection")));
    const marks = new ReadMarks({ sendReadReceipt: send });
    marks.mark(event("$a"), ReceiptType.Read);
    await vi.advanceTimersByTimeAsync(1_000);
    marks.mark(event("$b"), ReceiptType.ReadPrivate);
    expect(send).toHaveBeenCalledTimes(2);
});
