/* The requests of a session, which go unanswered once it is over. js-sdk stops its sync in the middle, and leaves the error
 * of what it asked to nobody; what it does with an answer, it would do with stores that are closed. */

import { never } from "../../platform/under_way.ts";

export class Requests {
    #isOver = false;

    /** What js-sdk is to ask by. */
    readonly fetch = async (resource: string | URL | Request, request: RequestInit = {}): Promise<Response> => {
        if (this.#isOver) return never();
        const { signal } = request;
        const aborting = new AbortController();
        let isAnswered = false;
        // The body of an answer that has begun is read to its end.
        const abort = () => (this.#isOver && isAnswered ? undefined : aborting.abort(signal?.reason));
        if (signal?.aborted) abort();
        signal?.addEventListener("abort", abort);
        try {
            const answer = await globalThis.fetch(resource, { ...request, signal: aborting.signal });
            isAnswered = true;
            return this.#isOver ? never() : answer;
        } catch (error) {
            if (this.#isOver) return never();
            throw error;
        }
    };

    /** Ask nothing more, and hear of no answer. What is on its way to the server arrives. */
    end(): void {
        this.#isOver = true;
    }
}
