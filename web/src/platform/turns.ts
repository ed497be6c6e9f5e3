/* Work that would take long in one piece, done in pieces: what somebody types is drawn in between. */

/** A window draws sixty times a second. */
const PIECE_MS = 12;
/** So long a window that is busy all the time is waited for. */
const PATIENCE_MS = 250;
const LEISURE_MS = 100;

/** Give the window its turn where one's own has been long. */
export class Turns {
    #since = performance.now();

    async give(): Promise<void> {
        if (performance.now() - this.#since < PIECE_MS) return;
        await nextTurn();
        this.#since = performance.now();
    }
}

/** Resolves when the window has nothing better to do, or has had something for long. */
export function idle(): Promise<void> {
    return new Promise((resolve) => {
        // Safari has none.
        if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS });
        else setTimeout(resolve, 0);
    });
}

/** Resolves when the window has nothing better to do, but not soon: for work that may take minutes. What it leaves to the
 * collector of garbage is then little at a time, and nobody who scrolls waits for that. */
export async function leisure(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LEISURE_MS));
    await idle();
}

/** Timers wait for four milliseconds once they are nested; a message does not. */
function nextTurn(): Promise<void> {
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            resolve();
        };
        port2.postMessage(null);
    });
}
