/* Hears from the gateway what has changed in a service, and tells those who show it. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Changes } from "../api/desk_api.ts";
import { Refused } from "../api/http.ts";

export type PulseGround = {
    changes: (since: number, signal: AbortSignal) => Promise<Changes>;
    /** Resolves after so many ms, or when the signal says that nobody waits any longer. */
    wait: (ms: number, signal: AbortSignal) => Promise<void>;
    /** One's role was taken away. */
    barred: () => void;
};

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export class Pulse extends ViewModel<{ connected: boolean }> {
    readonly #ground: PulseGround;
    readonly #listeners = new Map<string, Set<() => void>>();
    readonly #end = new AbortController();
    #since = 0;

    constructor(ground: PulseGround) {
        super({ connected: true });
        this.#ground = ground;
        this.own(() => this.#end.abort());
    }

    /** Call `listener` whenever a topic may have changed, until the returned function is called. */
    on(topic: string, listener: () => void): Stop {
        const listeners = this.#listeners.get(topic) ?? new Set();
        this.#listeners.set(topic, listeners.add(listener));
        return () => listeners.delete(listener);
    }

    /** Listen until this ends. */
    async run(): Promise<void> {
        const { signal } = this.#end;
        let wait = FIRST_WAIT_MS;
        while (!signal.aborted) {
            try {
                await this.#hear(signal);
                wait = FIRST_WAIT_MS;
            } catch (error) {
                if (signal.aborted || this.#isOver(error)) return;
                this.#since = 0;
                this.#connected(false);
                await this.#ground.wait(wait, signal);
                wait = Math.min(LONGEST_WAIT_MS, wait * 2);
            }
        }
    }

    async #hear(signal: AbortSignal): Promise<void> {
        const since = this.#since;
        const { next, changed } = await this.#ground.changes(since, signal);
        this.#since = next;
        // Whoever asks anew, or asks a gateway that counts anew, may have missed anything.
        this.#tell(since === 0 || next < since ? [...this.#listeners.keys()] : changed);
        this.#connected(true);
    }

    /** Whoever is no longer signed in, or has no role any more, need not ask again. */
    #isOver(error: unknown): boolean {
        if (!(error instanceof Refused)) return false;
        if (error.status === 403) this.#ground.barred();
        return error.status === 401 || error.status === 403;
    }

    #connected(connected: boolean): void {
        if (connected !== this.value.connected) this.update({ connected });
    }

    #tell(topics: readonly string[]): void {
        const told = new Set(topics.flatMap((topic) => [...(this.#listeners.get(topic) ?? [])]));
        for (const listener of told) listener();
    }
}
