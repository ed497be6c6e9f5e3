/* Making a new account's keys, or opening those of an account that has them, before the first chat is shown. */

import { NotAllowed, type Recovery, WrongCode } from "../matrix/keys/recovery.ts";
import { KeepCode } from "./keep_code.ts";
import { ViewModel } from "./view_model.ts";

/** The ways to open an account that has keys. */
export type Way = "device" | "passkey" | "code";

/** Beginning anew is offered once this many ways have come to nothing. */
const WAYS_BEFORE_ANEW = 2;

export type Locked = {
    step: "locked";
    /** Whether a passkey opens it. */
    passkey: boolean;
    busy: Way | null;
    problem: { way: Way; why: "wrong" | "unused" | "failed" } | null;
    /** Whether beginning anew is offered. */
    anew: boolean;
};

export type UnlockState =
    | { step: "looking" }
    /** The code is shown this once. */
    | { step: "made"; keep: KeepCode }
    | Locked
    /** Beginning anew, which is allowed on a page of the server. */
    | { step: "anew"; page: string; busy: boolean; refused: boolean }
    | { step: "failed" };

export type UnlockGround = {
    done: () => void;
    leave: () => Promise<void>;
    /** Be let in by another device instead. */
    byDevice: () => Promise<void>;
};

export class Unlock extends ViewModel<{ state: UnlockState }> {
    readonly #recovery: Recovery;
    readonly #ground: UnlockGround;
    readonly #failed = new Set<Way>();
    /** Ends what is being tried: a prompt of the browser must not keep the other ways shut. */
    #trying = new AbortController();

    constructor(recovery: Recovery, ground: UnlockGround) {
        super({ state: { step: "looking" } });
        this.#recovery = recovery;
        this.#ground = ground;
        this.own(() => this.#trying.abort());
        void this.look();
    }

    /** Make the keys of a new account without a question; offer the ways to open those of an old one. */
    async look(): Promise<void> {
        this.#reach({ step: "looking" });
        try {
            const standing = await this.#recovery.standing();
            if (standing === "ready") this.#ground.done();
            else if (standing === "fresh") this.#keep(await this.#recovery.setUp());
            else await this.#offer(null);
        } catch {
            this.#reach({ step: "failed" });
        }
    }

    async leave(): Promise<void> {
        this.#trying.abort();
        await this.#ground.leave();
    }

    /** Be let in by a device that the person still has; `cameBack` says that it came to nothing. */
    async byDevice(): Promise<void> {
        this.#trying.abort();
        await this.#ground.byDevice();
    }

    async cameBack(): Promise<void> {
        this.#failed.add("device");
        // What was tried before may have opened everything meanwhile.
        await this.look();
    }

    async byPasskey(): Promise<void> {
        await this.#try("passkey", async (signal) =>
            (await this.#recovery.restoreByPasskey(signal)) ? null : "unused",
        );
    }

    async byCode(code: string): Promise<void> {
        await this.#try("code", async () => {
            await this.#recovery.restore(code);
            return null;
        });
    }

    /** Say what is lost by beginning anew, and where it is allowed. */
    async askAnew(): Promise<void> {
        try {
            this.#reach({ step: "anew", page: await this.#recovery.pageForNew(), busy: false, refused: false });
        } catch {
            this.#reach({ step: "failed" });
        }
    }

    async beginAnew(): Promise<void> {
        const { state } = this.value;
        if (state.step !== "anew") return;
        this.#reach({ ...state, busy: true, refused: false });
        try {
            this.#keep(await this.#recovery.beginAnew());
        } catch (error) {
            this.#reach(error instanceof NotAllowed ? { ...state, busy: false, refused: true } : { step: "failed" });
        }
    }

    /** Go back from beginning anew. */
    async back(): Promise<void> {
        await this.#offer(null);
    }

    /** Try a way, which ends the one that is being tried. */
    async #try(way: Way, work: (signal: AbortSignal) => Promise<"unused" | null>): Promise<void> {
        this.#trying.abort();
        this.#trying = new AbortController();
        const { signal } = this.#trying;
        const { state } = this.value;
        if (state.step === "locked") this.#reach({ ...state, busy: way, problem: null });
        const why = await work(signal).catch((error: unknown) => (error instanceof WrongCode ? "wrong" : "failed"));
        if (signal.aborted) return;
        if (why === null) return this.#ground.done();
        // A way that did not answer has not been tried.
        if (why !== "failed") this.#failed.add(way);
        await this.#offer({ way, why });
    }

    async #offer(problem: Locked["problem"]): Promise<void> {
        const trying = this.#trying;
        const passkey = await this.#recovery.passkeys.kept().catch(() => false);
        // Another way has been chosen meanwhile.
        if (trying !== this.#trying) return;
        const anew = this.#failed.size >= WAYS_BEFORE_ANEW;
        this.#reach({ step: "locked", passkey, busy: null, problem, anew });
    }

    #keep(made: Awaited<ReturnType<Recovery["setUp"]>>): void {
        const keep = new KeepCode(made, this.#recovery, this.#ground.done);
        this.own(() => keep.dispose());
        this.#reach({ step: "made", keep });
    }

    #reach(state: UnlockState): void {
        this.update({ state });
    }
}
