/* Telling the server what was read: at once, and where much is said not at each message. What does not arrive is told
 * again, or a chat would stay unread that was read without a connection. */

import type { ReceiptType } from "matrix-js-sdk/lib/@types/read_receipts";
import { type MatrixClient, MatrixError, type MatrixEvent } from "matrix-js-sdk/lib/matrix";

/** Between two receipts; whoever reads along sends one for what came meanwhile. */
const REST_MS = 1_000;
/** Between two attempts at most: each time that one fails, the next waits twice as long. */
const LONGEST_REST_MS = 60_000;

type Mark = { event: MatrixEvent; type: ReceiptType };

export class ReadMarks {
    readonly #client: Pick<MatrixClient, "sendReadReceipt">;
    #next: Mark | null = null;
    #busy = false;

    constructor(client: Pick<MatrixClient, "sendReadReceipt">) {
        this.#client = client;
    }

    /** Everything up to an event was read. What is under way is followed by the newest only. */
    mark(event: MatrixEvent, type: ReceiptType): void {
        this.#next = { event, type };
        if (!this.#busy) void this.#run();
    }

    async #run(): Promise<void> {
        this.#busy = true;
        let rest = REST_MS;
        while (this.#next !== null) {
            const mark = this.#next;
            this.#next = null;
            const over = new Promise((resolve) => setTimeout(resolve, rest));
            const settled = await this.#tell(mark);
            await over;
            rest = settled ? REST_MS : Math.min(2 * rest, LONGEST_REST_MS);
            if (!settled) this.#next ??= mark;
        }
        this.#busy = false;
    }

    /** Return whether the server knows now, or does not want to. */
    async #tell({ event, type }: Mark): Promise<boolean> {
        try {
            await this.#client.sendReadReceipt(event, type);
            return true;
        } catch (error) {
            return error instanceof MatrixError && isRefusal(error.httpStatus ?? 0);
        }
    }
}

function isRefusal(status: number): boolean {
    return status >= 400 && status < 500 && status !== 429;
}
