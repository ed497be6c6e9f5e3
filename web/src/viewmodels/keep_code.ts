/* A new message unlock code, shown once: the person keeps it, or a passkey does, or they do it later. */

import type { Made, Recovery } from "../matrix/keys/recovery.ts";
import { ViewModel } from "./view_model.ts";

/** `none`: there is no passkey that could keep it. */
export type PasskeyState = "none" | "possible" | "busy" | "done" | "failed";

export class KeepCode extends ViewModel<{ passkey: PasskeyState }> {
    readonly code: string;
    readonly #made: Made;
    readonly #recovery: Recovery;
    readonly #done: () => void;
    readonly #asking = new AbortController();

    constructor(made: Made, recovery: Recovery, done: () => void) {
        super({ passkey: "none" });
        this.code = made.code;
        this.#made = made;
        this.#recovery = recovery;
        this.#done = done;
        this.own(() => this.#asking.abort());
        void this.look();
    }

    /** See whether there is a passkey by now: one is made on the account pages. */
    async look(): Promise<void> {
        if (this.value.passkey !== "none") return;
        const possible = await this.#recovery.passkeys.possible().catch(() => false);
        if (possible) this.update({ passkey: "possible" });
    }

    /** Let a passkey open everything as well. */
    async wrap(): Promise<void> {
        this.update({ passkey: "busy" });
        const done = await this.#recovery.passkeys.wrap(this.#made.key, this.#asking.signal).catch(() => false);
        this.update({ passkey: done ? "done" : "failed" });
    }

    /** Go on. Where the note of it does not reach the server, the app asks again at sign-out at worst. */
    async proceed({ kept }: { kept: boolean }): Promise<void> {
        this.#asking.abort();
        this.#done();
        await this.#recovery.keptCode(kept).catch(() => {});
    }
}
