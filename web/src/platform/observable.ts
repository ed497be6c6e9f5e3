/* A value that others follow. */

export type Stop = () => void;

/** What can be followed but not changed. */
export interface Followed<Value> {
    readonly value: Value;
    /** Call `listener` after each change until the returned function is called. */
    subscribe(listener: () => void): Stop;
}

/** A value, and who is told when it becomes another. */
export class Observable<Value> implements Followed<Value> {
    readonly #listeners = new Set<() => void>();
    #value: Value;

    constructor(initial: Value) {
        this.#value = initial;
    }

    get value(): Value {
        return this.#value;
    }

    /** Change the value; the same value again tells nobody. */
    set(value: Value): void {
        if (Object.is(value, this.#value)) return;
        this.#value = value;
        for (const listener of [...this.#listeners]) listener();
    }

    subscribe = (listener: () => void): Stop => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    };
}

/** Resolve when a followed value fulfils a condition. */
export function until<Value>(followed: Followed<Value>, holds: (value: Value) => boolean): Promise<Value> {
    return new Promise((resolve) => {
        const look = () => {
            if (!holds(followed.value)) return;
            stop();
            resolve(followed.value);
        };
        const stop = followed.subscribe(look);
        look();
    });
}
