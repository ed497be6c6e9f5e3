/* What is decrypted when. js-sdk decrypts all that it finds in its store, of all chats at once: with a thousand of them
 * nothing else gets its turn for a quarter of a minute. Here they stand in a line, and whoever looks at one passes it. */

import type { MatrixClient, MatrixEvent } from "matrix-js-sdk/lib/matrix";

/** So many at a time: each waits for the store of keys most of the while. */
const AT_ONCE = 2;

type Waiting = { event: MatrixEvent; done: () => void };

export class Decrypting {
    /** Decrypt something now: somebody looks at it. Resolves when it was tried. */
    readonly now: MatrixClient["decryptEventIfNeeded"];
    #line: Waiting[] = [];
    #sorted = true;
    #working = 0;
    /** Nothing goes before the app has started: its list does not wait for what was said. */
    #held = true;

    constructor(client: Pick<MatrixClient, "decryptEventIfNeeded">) {
        this.now = client.decryptEventIfNeeded.bind(client);
        client.decryptEventIfNeeded = (event, options) => {
            // Names and pictures of chats are state: a list without them would not do.
            const waits = event.shouldAttemptDecryption() && !event.isState();
            return waits ? this.#wait(event) : this.now(event, options);
        };
    }

    /** The app has started. */
    release(): void {
        this.#held = false;
        this.#work();
    }

    /** Decrypt nothing more. */
    stop(): void {
        this.#held = true;
        this.#line = [];
    }

    #wait(event: MatrixEvent): Promise<void> {
        return new Promise((done) => {
            this.#line.push({ event, done });
            this.#sorted = false;
            this.#work();
        });
    }

    #work(): void {
        while (!this.#held && this.#working < AT_ONCE) {
            const next = this.#newest();
            if (next === undefined) return;
            this.#working += 1;
            // What cannot be decrypted says so itself.
            void this.now(next.event)
                .catch(() => {})
                .then(() => {
                    this.#working -= 1;
                    next.done();
                    this.#work();
                });
        }
    }

    #newest(): Waiting | undefined {
        if (!this.#sorted) this.#line.sort((one, other) => one.event.getTs() - other.event.getTs());
        this.#sorted = true;
        return this.#line.pop();
    }
}
