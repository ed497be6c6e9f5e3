/* What is the same for a long time, and asked for by many. */

/** An answer that is asked for once, until it is forgotten; a failure is not kept. */
export class Once<Answer> {
    readonly #question: () => Promise<Answer>;
    #asked: Promise<Answer> | null = null;

    constructor(question: () => Promise<Answer>) {
        this.#question = question;
    }

    ask(): Promise<Answer> {
        this.#asked ??= this.#question().catch((error: unknown) => {
            this.#asked = null;
            throw error;
        });
        return this.#asked;
    }

    forget(): void {
        this.#asked = null;
    }
}
