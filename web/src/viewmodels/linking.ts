/* Two devices come together: one shows a code, the other reads it, and both show the same two digits. */

import { LinkFailed, type LinkProblem, type Meeting } from "../matrix/keys/meeting.ts";
import { type Camera, codeInPicture, openCamera } from "../platform/camera.ts";
import { ViewModel } from "./view_model.ts";

export type LinkingState =
    | { step: "choose" }
    | { step: "preparing" }
    | { step: "show"; code: readonly number[] }
    /** `stream` is the camera's; without it only a picture of the code can be chosen. */
    | { step: "scan"; stream: MediaStream | null; problem: "camera" | "picture" | null }
    /** The person is to compare the digits, on the device whose code was read. */
    | { step: "compare"; digits: string }
    /** The new device waits; its page will ask for `asked`. */
    | { step: "wait"; digits: string; asked: string }
    /** The old device waits for the new one. */
    | { step: "await"; digits: string }
    /** The person is to let the new device in, on a page of the server. */
    | { step: "approve"; page: string; opened: boolean }
    | { step: "finish" }
    | { step: "done" }
    | { step: "failed"; problem: LinkProblem };

/** One of the two devices. */
export interface Party {
    readonly meeting: Meeting;
}

/** What both devices do alike; what comes after the greeting is each one's own. */
export abstract class Linking<Mine extends Party = Party> extends ViewModel<{ state: LinkingState }> {
    abstract readonly side: "new" | "old";
    #camera: Camera | null = null;
    #party: Mine | null = null;
    #confirm: (() => void) | null = null;
    /** Goes up when a person chooses anew: what was under way then counts for nothing. */
    #turn = 0;

    protected constructor() {
        super({ state: { step: "choose" } });
        this.own(() => this.#stop());
    }

    protected abstract call(): Promise<Mine>;
    protected abstract join(code: Uint8Array): Promise<Mine>;
    /** Go on once both devices know each other. */
    protected abstract proceed(party: Mine, digits: string): Promise<void>;

    /** Show a code here. */
    async show(): Promise<void> {
        await this.#begin(async (stillMine) => {
            this.reach({ step: "preparing" });
            const party = await this.call();
            if (!stillMine()) return void party.meeting.leave();
            this.#party = party;
            const { code } = party.meeting;
            if (code === null) throw new LinkFailed("failed");
            this.reach({ step: "show", code });
            await this.#greet(party, stillMine);
        });
    }

    /** Read the code of the other device with the camera. */
    async scan(): Promise<void> {
        await this.#begin(async (stillMine) => {
            this.reach({ step: "preparing" });
            const camera = await openCamera().catch(() => null);
            if (!stillMine()) return camera?.close();
            this.#camera = camera;
            this.reach({ step: "scan", stream: camera?.stream ?? null, problem: camera === null ? "camera" : null });
            const code = await camera?.read();
            if (code && stillMine()) await this.#meet(code, stillMine);
        });
    }

    /** Read the code in a picture. */
    async scanPicture(file: Blob): Promise<void> {
        const code = await codeInPicture(file);
        const { state } = this.value;
        if (code === null) {
            if (state.step === "scan") this.reach({ ...state, problem: "picture" });
            return;
        }
        await this.#begin((stillMine) => this.#meet(code, stillMine));
    }

    /** The digits are the same on both. */
    same(): void {
        this.#confirm?.();
    }

    /** They are not: somebody else answered. */
    differ(): void {
        this.#stop();
        this.reach({ step: "failed", problem: "insecure" });
    }

    /** Begin again, with neither code nor camera. */
    again(): void {
        this.#stop();
        this.reach({ step: "choose" });
    }

    protected reach(state: LinkingState): void {
        this.update({ state });
    }

    async #meet(code: Uint8Array, stillMine: () => boolean): Promise<void> {
        this.#closeCamera();
        this.reach({ step: "preparing" });
        const party = await this.join(code);
        if (!stillMine()) return void party.meeting.leave();
        this.#party = party;
        await this.#greet(party, stillMine);
    }

    async #greet(party: Mine, stillMine: () => boolean): Promise<void> {
        const digits = await party.meeting.greet();
        if (!stillMine()) return;
        // Whoever has read the code knows whose it is. Whoever showed it does not know who has read it.
        if (party.meeting.code !== null) {
            this.reach({ step: "compare", digits });
            await new Promise<void>((resolve) => {
                this.#confirm = resolve;
            });
        }
        if (stillMine()) await this.proceed(party, digits);
    }

    async #begin(work: (stillMine: () => boolean) => Promise<void>): Promise<void> {
        this.#stop();
        const turn = this.#turn;
        const stillMine = () => turn === this.#turn;
        try {
            await work(stillMine);
        } catch (error) {
            if (!stillMine()) return;
            this.#stop();
            this.reach({ step: "failed", problem: error instanceof LinkFailed ? error.problem : "failed" });
        }
    }

    #stop(): void {
        this.#turn += 1;
        this.#confirm = null;
        this.#closeCamera();
        // What was handed over may still lie there for the other device.
        if (this.value.state.step !== "done") void this.#party?.meeting.leave();
        this.#party = null;
    }

    #closeCamera(): void {
        this.#camera?.close();
        this.#camera = null;
    }
}
