/* Those whom one has blocked, by name, and letting them in again. */

import type { Blocking } from "../matrix/blocking.ts";
import { ViewModel } from "./view_model.ts";

export type BlockedPeopleState = {
    /** `name` is null of whoever was never let in and has no handle, and while it is asked for. */
    people: readonly { userId: string; name: string | null }[];
    failed: boolean;
};

export class BlockedPeople extends ViewModel<BlockedPeopleState> {
    readonly #blocking: Blocking;
    readonly #names = new Map<string, string | null>();

    constructor(blocking: Blocking) {
        super({ people: [], failed: false });
        this.#blocking = blocking;
        this.follow(blocking.people, () => this.#show());
    }

    /** Find out how they are called. */
    async look(): Promise<void> {
        const unknown = this.#blocking.people.value.filter((userId) => !this.#names.get(userId));
        const ask = async (userId: string) => this.#names.set(userId, await this.#blocking.nameOf(userId));
        await Promise.all(unknown.map(ask));
        this.#show();
    }

    async unblock(userId: string): Promise<void> {
        this.update({ failed: false });
        await this.#blocking.unblock(userId).catch(() => this.update({ failed: true }));
    }

    #show(): void {
        const people = this.#blocking.people.value;
        this.update({ people: people.map((userId) => ({ userId, name: this.#names.get(userId) ?? null })) });
    }
}
