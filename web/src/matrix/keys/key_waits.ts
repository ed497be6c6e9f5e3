/* Trying again what cannot be read for want of a key: another device may be about to put it into the backup. */

import type { MatrixEvent } from "matrix-js-sdk/lib/matrix";

/** How long after a message came its key is looked for again; the last goes on for as long as the app is open. */
const AGAIN_AFTER_MS = [6_000, 12_000, 30_000, 60_000, 300_000] as const;
/** Keys that are looked for at most, the latest first; older ones are looked for when somebody presses the button. */
const MOST = 100;

/** Remembers one message for each key that is missing: when the key comes, js-sdk opens all of them. */
export class KeyWaits {
    readonly #events = new Map<string, MatrixEvent>();
    readonly #retry: (event: MatrixEvent) => Promise<unknown>;
    #round = 0;
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(retry: (event: MatrixEvent) => Promise<unknown>) {
        this.#retry = retry;
    }

    /** Look for the key of a message; a key that was not missed before is looked for soon. */
    add(event: MatrixEvent): void {
        const key = keyOf(event);
        const known = this.#events.delete(key);
        this.#events.set(key, event);
        for (const oldest of this.#events.keys()) {
            if (this.#events.size <= MOST) break;
            this.#events.delete(oldest);
        }
        if (!known) this.soon();
    }

    /** Look for all of them soon, and from then on ever more seldom. */
    soon(): void {
        this.#round = 0;
        this.#again();
    }

    /** The key of a message has come. */
    drop(event: MatrixEvent): void {
        this.#events.delete(keyOf(event));
    }

    stop(): void {
        clearTimeout(this.#timer);
        this.#events.clear();
    }

    #again(): void {
        clearTimeout(this.#timer);
        if (this.#events.size === 0) return;
        const last = AGAIN_AFTER_MS.length - 1;
        const delay = AGAIN_AFTER_MS[Math.min(this.#round, last)];
        this.#round += 1;
        this.#timer = setTimeout(() => void this.#tryAll(), delay);
    }

    async #tryAll(): Promise<void> {
        await Promise.allSettled([...this.#events.values()].map((event) => this.#retry(event)));
        this.#again();
    }
}

/** Return which key a message is encrypted with. spec: client-server-api#mmegolmv1aes-sha2 */
function keyOf(event: MatrixEvent): string {
    return `${event.getRoomId()}|${event.getWireContent().session_id}`;
}
