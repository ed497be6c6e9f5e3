/* Those whom one has blocked, and letting them in again. */

import type { Blocked, Blocking } from "../matrix/rooms/blocking.ts";
import { ViewModel } from "./view_model.ts";

export type BlockedPeopleState = { people: readonly Blocked[]; failed: boolean };

export class BlockedPeople extends ViewModel<BlockedPeopleState> {
    readonly #blocking: Blocking;

    constructor(blocking: Blocking) {
        super({ people: [], failed: false });
        this.#blocking = blocking;
        this.follow(blocking.people, (people) => this.update({ people }));
    }

    async unblock(userId: string): Promise<void> {
        this.update({ failed: false });
        await this.#blocking.unblock(userId).catch(() => this.update({ failed: true }));
    }
}
