/* When the person here went on with somebody's changed keys: kept on this device, to be shown among what changed. */

import type { Area, Vault } from "../../platform/vault.ts";

export class AcceptedKeys {
    readonly #kept: Area<number>;

    constructor(vault: Vault) {
        this.#kept = vault.area<number>("accepted-keys");
    }

    /** Return when, by person. */
    when(): Promise<ReadonlyMap<string, number>> {
        return this.#kept.all();
    }

    async note(userId: string, at: number): Promise<void> {
        await this.#kept.put(userId, at);
    }
}
