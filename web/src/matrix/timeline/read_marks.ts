/* Telling the server what was read: at once, and where much is said not at each message. */

import type { ReceiptType } from "matrix-js-sdk/lib/@types/read_receipts";
import type { MatrixClient, MatrixEvent } from "matrix-js-sdk/lib/matrix";

/** Between two receipts; whoever reads along sends one for what came meanwhile. */
const REST_MS = 1_000;

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
        while (this.#next !== null) {
            const { event, type } = this.#next;
            this.#next = null;
            const rest = new Promise((resolve) => setTimeout(resolve, REST_MS));
            // A receipt that is lost is made up for by the next one.
            await this.#client.sendReadReceipt(event, type).catch(() => {});
            await rest;
        }
        this.#busy = false;
    }
}
