/* What every view model is: a state that views show, acts that they call, and an end. */

import { type Followed, Observable, type Stop } from "../platform/observable.ts";

/** Holds an immutable state. A view follows it by `useViewModel` and never changes it. */
export abstract class ViewModel<State extends object> implements Followed<State> {
    readonly #state: Observable<State>;
    readonly #ends: Stop[] = [];
    #ended = false;

    protected constructor(initial: State) {
        this.#state = new Observable(initial);
    }

    get value(): State {
        return this.#state.value;
    }

    subscribe = (listener: () => void): Stop => this.#state.subscribe(listener);

    /** Let go of everything that is followed. Owners call it; later changes reach nobody. */
    dispose(): void {
        this.#ended = true;
        for (const end of this.#ends.splice(0)) end();
    }

    /** Change part of the state. */
    protected update(change: Partial<State>): void {
        if (!this.#ended) this.#state.set({ ...this.value, ...change });
    }

    /** Let go of something when this ends. */
    protected own(end: Stop): void {
        this.#ends.push(end);
    }

    /** Look at something now and after each change of it. */
    protected follow<Value>(followed: Followed<Value>, look: (value: Value) => void): void {
        this.own(followed.subscribe(() => look(followed.value)));
        look(followed.value);
    }
}
