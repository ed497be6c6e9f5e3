/* A voice note that is being spoken into a chat. */

import type { Uploads } from "../matrix/media/uploads.ts";
import { standing, type Where } from "../matrix/sending/written.ts";
import { NoMicrophone, type Recording, record, type VoiceNote } from "../platform/recorder.ts";
import { ViewModel } from "./view_model.ts";

export type VoiceNoteState = {
    step: "idle" | "asking" | "recording" | "sending";
    durationMs: number;
    /** How loud the last moments were, from 0 to 1; the newest comes last. */
    levels: readonly number[];
    problem: "no-microphone" | "failed" | null;
};

/** Longer is a speech: it is sent as far as it goes. */
export const LONGEST_MS = 15 * 60 * 1_000;
/** Shorter is a slip of the finger. */
const SHORTEST_MS = 500;
const SHOWN_LEVELS = 40;
const IDLE: VoiceNoteState = { step: "idle", durationMs: 0, levels: [], problem: null };

export class VoiceRecorder extends ViewModel<VoiceNoteState> {
    readonly #where: Where;
    readonly #uploads: Uploads;
    readonly #record: () => Promise<Recording>;
    #recording: Recording | null = null;
    #unfollow = () => {};

    constructor(where: Where, uploads: Uploads, microphone: () => Promise<Recording> = record) {
        super(IDLE);
        this.#where = where;
        this.#uploads = uploads;
        this.#record = microphone;
        this.own(() => this.discard());
    }

    async start(): Promise<void> {
        if (this.value.step !== "idle") return;
        this.update({ ...IDLE, step: "asking" });
        try {
            const recording = await this.#record();
            // Somebody may have changed their mind while the browser asked.
            if (this.#isAsking()) this.#follow(recording);
            else recording.discard();
        } catch (error) {
            const problem = error instanceof NoMicrophone ? "no-microphone" : "failed";
            this.update({ ...IDLE, problem });
        }
    }

    /** Stop and send; what is too short to be anything is dropped. */
    async send(): Promise<void> {
        const recording = this.#recording;
        if (recording === null) return this.discard();
        if (this.value.durationMs < SHORTEST_MS) return this.discard();
        this.#letGo();
        this.update({ step: "sending" });
        try {
            await this.#deliver(await recording.finish());
            this.update(IDLE);
        } catch {
            this.update({ ...IDLE, problem: "failed" });
        }
    }

    /** Stop and forget it. */
    discard(): void {
        this.#recording?.discard();
        this.#letGo();
        this.update(IDLE);
    }

    #isAsking(): boolean {
        return this.value.step === "asking";
    }

    #follow(recording: Recording): void {
        this.#recording = recording;
        this.#unfollow = recording.now.subscribe(() => {
            const { durationMs, level } = recording.now.value;
            this.update({ durationMs, levels: [...this.value.levels, level].slice(-SHOWN_LEVELS) });
            if (durationMs >= LONGEST_MS) void this.send();
        });
        this.update({ ...IDLE, step: "recording" });
    }

    #letGo(): void {
        this.#unfollow();
        this.#recording = null;
    }

    async #deliver({ file, durationMs, waveform }: VoiceNote): Promise<void> {
        const described = { kind: "voice", name: "Voice message", caption: "", width: null, height: null } as const;
        await this.#uploads.add(this.#where.roomId, {
            described: { ...described, durationMs, waveform },
            file,
            thumbnail: null,
            extra: standing(this.#where.place),
        });
        this.#where.answered();
    }
}
