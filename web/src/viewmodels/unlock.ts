/* Making a new account's keys, or opening those of an account that has them, before the first chat is shown. */

import { type Recovery, WrongCode } from "../matrix/recovery.ts";
import { ViewModel } from "./view_model.ts";

export type UnlockState =
    | { step: "looking" }
    /** The code is shown this once. */
    | { step: "made"; code: string }
    | { step: "locked"; problem: "wrong" | "failed" | null; busy: boolean }
    | { step: "failed" };

export class Unlock extends ViewModel<{ state: UnlockState }> {
    readonly #recovery: Recovery;
    readonly #done: () => Promise<void>;
    readonly leave: () => Promise<void>;

    constructor(recovery: Recovery, { done, leave }: { done: () => Promise<void>; leave: () => Promise<void> }) {
        super({ state: { step: "looking" } });
        this.#recovery = recovery;
        this.#done = done;
        this.leave = leave;
        void this.look();
    }

    /** Make the keys of a new account without a question; ask for the code of an old one. */
    async look(): Promise<void> {
        this.update({ state: { step: "looking" } });
        try {
            const standing = await this.#recovery.standing();
            if (standing === "ready") await this.#done();
            else if (standing === "locked") this.update({ state: { step: "locked", problem: null, busy: false } });
            else this.update({ state: { step: "made", code: await this.#recovery.setUp() } });
        } catch {
            this.update({ state: { step: "failed" } });
        }
    }

    /** The code was kept. */
    async proceed(): Promise<void> {
        await this.#done();
    }

    async tryCode(code: string): Promise<void> {
        this.update({ state: { step: "locked", problem: null, busy: true } });
        try {
            await this.#recovery.restore(code);
            await this.#done();
        } catch (error) {
            const problem = error instanceof WrongCode ? "wrong" : "failed";
            this.update({ state: { step: "locked", problem, busy: false } });
        }
    }
}
