/* What is to happen when: things by the moment at which they are due. */

/** A timeout sleeps with the device and knows no longer wait than 24 days: it is looked at again now and then. */
const LONGEST_WAIT_MS = 60_000;

export class DueQueue<Thing> {
    readonly #come: (due: readonly Thing[]) => void;
    readonly #waiting = new Map<string, { thing: Thing; due: number }>();
    #timer: ReturnType<typeof setTimeout> | undefined;
    #timerEnds = Number.POSITIVE_INFINITY;

    /** `come` is given what has become due, together. */
    constructor(come: (due: readonly Thing[]) => void) {
        this.#come = come;
    }

    /** Let something be due at a moment; what has the same key is replaced. */
    put(key: string, thing: Thing, due: number): void {
        this.#waiting.set(key, { thing, due });
        this.#wait(due);
    }

    clear(): void {
        this.#waiting.clear();
        this.#stop();
    }

    #look(): void {
        this.#stop();
        const now = Date.now();
        const come: Thing[] = [];
        let next = Number.POSITIVE_INFINITY;
        for (const [key, { thing, due }] of this.#waiting) {
            if (due > now) {
                next = Math.min(next, due);
                continue;
            }
            this.#waiting.delete(key);
            come.push(thing);
        }
        if (next < Number.POSITIVE_INFINITY) this.#wait(next);
        if (come.length > 0) this.#come(come);
    }

    #wait(due: number): void {
        const now = Date.now();
        const ends = Math.min(due, now + LONGEST_WAIT_MS);
        if (ends >= this.#timerEnds) return;
        clearTimeout(this.#timer);
        this.#timerEnds = ends;
        this.#timer = setTimeout(() => this.#look(), Math.max(0, ends - now));
    }

    #stop(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#timerEnds = Number.POSITIVE_INFINITY;
    }
}
