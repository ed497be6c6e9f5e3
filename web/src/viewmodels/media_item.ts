/* One file of a message while it is shown: asked for, on its way, here, or out of reach. */

import type { Attachments } from "../matrix/media/attachments.ts";
import { FetchFailed, type FetchProblem } from "../matrix/media/downloads.ts";
import type { MediaSource } from "../matrix/media/media_body.ts";
import type { HeldBlob } from "../platform/blob_shelf.ts";
import type { SafeType } from "../platform/magic_bytes.ts";
import { ViewModel } from "./view_model.ts";

export type MediaItemState =
    /** It waits until somebody asks for it. */
    | { step: "idle" }
    | { step: "loading"; fraction: number }
    /** `type` is what its bytes are; null for what is only saved. */
    | { step: "ready"; url: string; type: SafeType | null }
    | { step: "failed"; problem: FetchProblem };

export class MediaItem extends ViewModel<{ state: MediaItemState }> {
    readonly #attachments: Attachments;
    readonly #source: MediaSource;
    #held: HeldBlob | null;
    #ended = false;

    constructor(attachments: Attachments, source: MediaSource) {
        const held = attachments.hold(source);
        super({ state: held === null ? { step: "idle" } : { step: "ready", url: held.url, type: held.type } });
        this.#attachments = attachments;
        this.#source = source;
        this.#held = held;
    }

    /** Fetch it, unless it is here or on its way. */
    async load(): Promise<void> {
        const { step } = this.value.state;
        if (step === "ready" || step === "loading") return;
        this.update({ state: { step: "loading", fraction: 0 } });
        try {
            const held = await this.#attachments.fetch(this.#source, (fraction) =>
                this.update({ state: { step: "loading", fraction } }),
            );
            if (this.#ended) return held.letGo();
            this.#held = held;
            this.update({ state: { step: "ready", url: held.url, type: held.type } });
        } catch (error) {
            const problem = error instanceof FetchFailed ? error.problem : "unreachable";
            this.update({ state: { step: "failed", problem } });
        }
    }

    override dispose(): void {
        super.dispose();
        this.#ended = true;
        this.#held?.letGo();
    }
}
