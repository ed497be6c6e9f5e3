/* Locking chats: making the lock, opening it, and what is behind it. */

import { type ChatLock, type LockState, SHORTEST_PIN } from "../matrix/list/chat_lock.ts";
import { type Named, shownChats } from "../matrix/list/shown_chats.ts";
import type { Session } from "../matrix/session/session.ts";
import { ViewModel } from "./view_model.ts";

export type LockProblem = "short" | "different" | "wrong" | "wait" | "noPasskey";

export type LockPageState = { lock: LockState; busy: boolean; problem: LockProblem | null };

export const LOCK_MINUTES = [1, 5, 30] as const;

export class LockPage extends ViewModel<LockPageState> {
    readonly #session: Session;
    readonly #lock: ChatLock;

    constructor(session: Session) {
        super({ lock: session.chatLock.state.value, busy: false, problem: null });
        this.#session = session;
        this.#lock = session.chatLock;
        this.follow(session.chatLock.state, (state) => this.update({ lock: state }));
    }

    /** All chats that can be seen now, and which of them are locked. */
    get chats(): readonly (Named & { locked: boolean })[] {
        return shownChats(this.#session).map((chat) => ({ ...chat, locked: this.#lock.locks(chat.id) }));
    }

    async setUp(pin: string, again: string): Promise<void> {
        if (pin.length < SHORTEST_PIN) return this.update({ problem: "short" });
        if (pin !== again) return this.update({ problem: "different" });
        await this.#work(async () => {
            await this.#lock.setUp(pin);
            return null;
        });
    }

    async unlock(pin: string): Promise<void> {
        await this.#work(async () => {
            if (await this.#lock.unlock(pin, { guess: true })) return null;
            const { lock } = this.value;
            return lock.state === "closed" && lock.waitUntil > Date.now() ? "wait" : "wrong";
        });
    }

    async unlockByPasskey(): Promise<void> {
        await this.#work(async () => ((await this.#lock.unlockByPasskey()) ? null : "noPasskey"));
    }

    /** `name` is what this device shows beside its key. */
    async addPasskey(name: string): Promise<void> {
        await this.#work(async () => {
            try {
                await this.#lock.addPasskey(name);
                return null;
            } catch {
                return "noPasskey";
            }
        });
    }

    close(): void {
        this.#lock.close();
    }

    async toggle(roomId: string): Promise<void> {
        await (this.#lock.locks(roomId) ? this.#lock.unlockChat(roomId) : this.#lock.lockChat(roomId));
    }

    async set(change: { secret?: boolean; minutes?: number }): Promise<void> {
        await this.#lock.set(change);
    }

    async remove(): Promise<void> {
        await this.#lock.remove();
    }

    async #work(work: () => Promise<LockProblem | null>): Promise<void> {
        this.update({ busy: true, problem: null });
        const problem = await work();
        this.update({ busy: false, problem });
    }
}
