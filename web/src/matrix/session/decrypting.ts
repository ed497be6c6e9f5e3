/* What is decrypted when. js-sdk decrypts all that it finds in its store, of all chats at once: with a thousand of them
 * nothing else gets its turn for a quarter of a minute. Here they stand in a line, and whoever looks at one passes it.
 * What was there before the app opened waits, but for a few screens of the list, until the window has nothing to do. */

import type { MatrixClient, MatrixEvent } from "matrix-js-sdk/lib/matrix";

/** So many at a time: each waits for the store of keys most of the while. */
const AT_ONCE = 2;
/** So much of what was there before is decrypted without waiting: the newest messages of the first chats. */
const FIRST = 40;

type Waiting = { event: MatrixEvent; done: () => void; old: boolean };

export class Decrypting {
    /** Decrypt something now: somebody looks at it. Resolves when it was tried. */
    readonly now: MatrixClient["decryptEventIfNeeded"];
    #line: Waiting[] = [];
    #sorted = true;
    #working = 0;
    /** Nothing goes before the app has started: its list does not wait for what was said. */
    #held = true;
    #hurried = 0;
    readonly #idle: () => Promise<void>;

    /** `idle` resolves when the window has nothing better to do. */
    constructor(client: Pick<MatrixClient, "decryptEventIfNeeded">, idle: () => Promise<void>) {
        this.#idle = idle;
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
            this.#line.push({ event, done, old: this.#held });
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
                .then(async () => {
                    next.done();
                    if (next.old) await this.#rest();
                    this.#working -= 1;
                    this.#work();
                });
        }
    }

    async #rest(): Promise<void> {
        this.#hurried += 1;
        if (this.#hurried > FIRST) await this.#idle();
    }

    #newest(): Waiting | undefined {
        if (!this.#sorted) this.#line.sort((one, other) => one.event.getTs() - other.event.getTs());
        this.#sorted = true;
        return this.#line.pop();
    }
}
