/* Telling a chat that one is typing, as seldom as keeps it true. */

import type { Session } from "../session/session.ts";

/** The server shows it for so long; it is said again before that is over. */
const SHOWN_MS = 20_000;
const AGAIN_MS = 12_000;

export class TypingNotice {
    readonly #session: Session;
    readonly #roomId: string;
    readonly #allowed: () => boolean;
    readonly #now: () => number;
    /** When it was said last; null when nothing is shown. */
    #saidAt: number | null = null;

    /** `allowed` says whether others may see it; it is asked each time. */
    constructor(
        session: Session,
        roomId: string,
        { allowed, now = Date.now }: { allowed: () => boolean; now?: () => number },
    ) {
        this.#session = session;
        this.#roomId = roomId;
        this.#allowed = allowed;
        this.#now = now;
    }

    /** Somebody has pressed a key. */
    typed(): void {
        if (!this.#allowed() || (this.#saidAt !== null && this.#now() - this.#saidAt < AGAIN_MS)) return;
        this.#saidAt = this.#now();
        this.#say(true);
    }

    /** They have stopped: sent it, or gone away. */
    stopped(): void {
        if (this.#saidAt === null) return;
        this.#saidAt = null;
        this.#say(false);
    }

    #say(typing: boolean): void {
        // Nobody misses it where it does not arrive.
        void this.#session.client.sendTyping(this.#roomId, typing, SHOWN_MS).catch(() => {});
    }
}
