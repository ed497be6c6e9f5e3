/* Whether somebody reads the end of a list that grows below them, and is carried along. It knows sizes, and no screen. */

/** Where a list stands, in pixels: what is above the viewport, the whole, and what is seen of it. */
export type Sight = { offset: number; size: number; viewport: number };

/** So close to the end that one counts as being there. */
const CLOSE_PX = 60;

/** Only who moves up leaves the end: rows that come below, however many, take nobody from it. */
export class EndOfList {
    #at = true;
    /** The furthest down that one has been of late. */
    #furthest: Sight | null = null;

    /** Whether one is to stay at the newest row. */
    get at(): boolean {
        return this.#at;
    }

    /** Lead somebody to a row: the last one, or another. */
    lead(toLast: boolean): void {
        this.#at = toLast;
    }

    /** Note a place on the way that one is led. */
    pass(now: Sight): void {
        if (this.#furthest === null || movedUp(this.#furthest, now) <= 0) this.#furthest = now;
    }

    /** Say where one stands. `last`: nothing is to come below the last row. */
    stand(now: Sight, last: boolean): void {
        const up = this.#furthest === null ? 0 : movedUp(this.#furthest, now);
        const close = now.size - now.viewport - now.offset < CLOSE_PX;
        this.#at = last && (close || (this.#at && up <= 0));
        if (close || !this.#at) this.#furthest = now;
        else this.pass(now);
    }

    /** The rows are others now: where one stood among those before says nothing. */
    forget(): void {
        this.#furthest = null;
    }
}

/** Rows above that turn out smaller than they were taken for move nobody: the list shrinks with the offset. */
function movedUp(before: Sight, now: Sight): number {
    return before.offset - now.offset - Math.max(0, before.size - now.size);
}
