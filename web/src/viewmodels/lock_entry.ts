/* The chat lock as one chat's details show it: whether this chat is behind it, and putting it there. */

import type { ChatLock, LockState } from "../matrix/list/chat_lock.ts";
import { ViewModel } from "./view_model.ts";

/** Only an open lock takes a chat in; `none` is also what a hidden one looks like. */
export type LockEntryState = { lock: LockState["state"]; locked: boolean };

export class LockEntry extends ViewModel<LockEntryState> {
    readonly #lock: ChatLock;
    readonly #roomId: string;

    constructor(lock: ChatLock, roomId: string) {
        super({ lock: "none", locked: false });
        this.#lock = lock;
        this.#roomId = roomId;
        this.follow(lock.state, ({ state }) => this.update({ lock: state, locked: lock.locks(roomId) }));
    }

    async toggle(): Promise<void> {
        const { locked } = this.value;
        await (locked ? this.#lock.unlockChat(this.#roomId) : this.#lock.lockChat(this.#roomId));
    }
}
