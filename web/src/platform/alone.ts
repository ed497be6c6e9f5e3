/* One tab at a time owns the session and its keys: two that wrote to one store of keys would spoil it. While no tab does,
 * the worker may stand in for one. It holds a lock of its own for that, for two reasons: a tab that opens meanwhile is not
 * told of another tab, and a tab that takes over cannot take the tokens out of the worker's hands. Each takes its own lock
 * first and then looks at the other's, so that one of them always sees the other. */

/** What a tab holds until it lets go or another takes it over. */
export interface Held {
    /** Resolves when another tab has taken over. */
    readonly lost: Promise<void>;
    letGo(): void;
}

/** Hold a name alone; null if another tab holds it. With `takeOver`, that tab loses it. Waits for who stands in. */
export function holdAlone(name: string, { takeOver = false } = {}): Promise<Held | null> {
    return new Promise((resolve, reject) => {
        let letGo = () => {};
        const kept = new Promise<void>((done) => {
            letGo = done;
        });
        const options: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
        let lose = () => {};
        const lost = new Promise<void>((done) => {
            lose = done;
        });
        navigator.locks
            .request(name, options, (lock) => {
                if (lock === null) {
                    resolve(null);
                    return undefined;
                }
                void standInGone(name).then(() => resolve({ lost, letGo }), reject);
                return kept;
            })
            // The holder of a stolen lock is told by an AbortError.
            .catch((error: unknown) =>
                error instanceof DOMException && error.name === "AbortError" ? lose() : reject(error),
            );
    });
}

/** Do something in place of a tab that holds a name; null if one does. Who else stands in is waited for, until `signal`
 * says so. */
export async function standIn<Result>(
    name: string,
    work: () => Promise<Result | null>,
    signal: AbortSignal,
): Promise<Result | null> {
    return navigator.locks.request(ofStandIn(name), { signal }, async () => ((await isHeld(name)) ? null : work()));
}

/** Whether a tab holds a name. */
export async function isHeld(name: string): Promise<boolean> {
    const { held = [] } = await navigator.locks.query();
    return held.some((lock) => lock.name === name);
}

async function standInGone(name: string): Promise<void> {
    await navigator.locks.request(ofStandIn(name), { mode: "shared" }, () => {});
}

function ofStandIn(name: string): string {
    return `${name}-stand-in`;
}
