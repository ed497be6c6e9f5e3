/* What is under way with something that is going to be closed: it comes to its end first. Whoever begins anything later is
 * never answered: an error would be one of thousands that nobody waits for, and what it stands for is over. */

export class UnderWay {
    readonly #running = new Set<Promise<unknown>>();
    #isOver = false;

    /** Begin something, unless it is over. */
    run<Result>(begin: () => Promise<Result>): Promise<Result> {
        if (this.#isOver) return never();
        const running = begin();
        const done = () => this.#running.delete(running);
        this.#running.add(running);
        running.then(done, done);
        return running;
    }

    /** Begin nothing more; resolves when what was begun has ended. */
    async end(): Promise<void> {
        this.#isOver = true;
        await Promise.allSettled(this.#running);
    }
}

/** What does not happen any more. */
export function never(): Promise<never> {
    return new Promise(() => {});
}
