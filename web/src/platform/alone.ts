/* One tab at a time owns the session and its keys: two that wrote to one store of keys would spoil it. */

/** What a tab holds until it lets go or another takes it over. */
export interface Held {
    /** Resolves when another tab has taken over. */
    readonly lost: Promise<void>;
    letGo(): void;
}

/** Hold a name alone; null if another tab holds it. With `takeOver`, that tab loses it. */
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
                resolve({ lost, letGo });
                return kept;
            })
            // The holder of a stolen lock is told by an AbortError.
            .catch((error: unknown) =>
                error instanceof DOMException && error.name === "AbortError" ? lose() : reject(error),
            );
    });
}
