/* After what time a chat's messages disappear, and setting it. */

import type { AboutChat } from "../matrix/timeline/open_chat.ts";
import type { Followed } from "../platform/observable.ts";
import { ViewModel } from "./view_model.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is offered; null: messages stay. */
const OFFERED: readonly (number | null)[] = [null, DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

export type ChatTimerState = {
    /** Null: messages stay. */
    maxAgeMs: number | null;
    may: boolean;
    busy: boolean;
    failed: boolean;
};

export type ChatTimerGround = {
    about: Followed<Pick<AboutChat, "maxAgeMs" | "maySetTimer">>;
    setTimer: (maxAgeMs: number | null) => Promise<void>;
};

/** Return what one can choose from; another app may have set something else, which stays among it. */
export function timersWith(maxAgeMs: number | null): readonly (number | null)[] {
    if (OFFERED.includes(maxAgeMs)) return OFFERED;
    return [...OFFERED, maxAgeMs].sort((one, other) => (one ?? 0) - (other ?? 0));
}

export class ChatTimer extends ViewModel<ChatTimerState> {
    readonly #ground: ChatTimerGround;

    constructor(ground: ChatTimerGround) {
        super({ maxAgeMs: null, may: false, busy: false, failed: false });
        this.#ground = ground;
        this.follow(ground.about, () => this.#look());
    }

    /** Set it. What is chosen is shown at once, and what holds again where that fails. */
    async set(maxAgeMs: number | null): Promise<void> {
        if (this.value.busy || maxAgeMs === this.value.maxAgeMs) return;
        this.update({ maxAgeMs, busy: true, failed: false });
        try {
            await this.#ground.setTimer(maxAgeMs);
            this.update({ busy: false });
        } catch {
            this.update({ busy: false, failed: true });
            this.#look();
        }
    }

    #look(): void {
        const { maxAgeMs, maySetTimer } = this.#ground.about.value;
        this.update(this.value.busy ? { may: maySetTimer } : { maxAgeMs, may: maySetTimer });
    }
}
