/* What is to change in the rows of terms: collected by row, so that each row is read and written once. Pure. */

import { BLOCK, BUCKETS, bucketOf, change, type Postings } from "./postings.ts";

type Step = { term: bigint; place: number; there: boolean };

export class SearchChanges {
    readonly #steps = new Map<number, Step[]>();
    readonly #blocks = new Set<number>();

    /** The rows to be changed. */
    get rows(): readonly number[] {
        return [...this.#steps.keys()];
    }

    /** The blocks whose messages have changed in anything. */
    get blocks(): ReadonlySet<number> {
        return this.#blocks;
    }

    /** A message has terms, or has them no more. */
    set(number: number, terms: Iterable<bigint>, { there }: { there: boolean }): void {
        const block = Math.floor(number / BLOCK);
        this.#blocks.add(block);
        for (const term of terms) {
            const row = block * BUCKETS + bucketOf(term);
            const steps = this.#steps.get(row) ?? [];
            steps.push({ term, place: number % BLOCK, there });
            this.#steps.set(row, steps);
        }
    }

    /** Change what a row holds, in the order of what was said. */
    alter(row: number, postings: Postings): void {
        const byTerm = new Map<bigint, Step[]>();
        for (const step of this.#steps.get(row) ?? []) {
            const steps = byTerm.get(step.term);
            if (steps === undefined) byTerm.set(step.term, [step]);
            else steps.push(step);
        }
        for (const [term, steps] of byTerm) change(postings, term, steps);
    }
}
