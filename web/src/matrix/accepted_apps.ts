/* People whose apps cannot be checked and whom one writes to all the same. Only this device knows it: a server that
 * kept the answer could give it in one's stead. */

import type { Area, Vault } from "../platform/vault.ts";

export class AcceptedApps {
    readonly #kept: Area<true>;
    #people: Promise<Set<string>> | null = null;

    constructor(vault: Vault) {
        this.#kept = vault.area<true>("accepted-apps");
    }

    /** Return everybody who was accepted. */
    people(): Promise<ReadonlySet<string>> {
        this.#people ??= this.#kept.all().then((kept) => new Set(kept.keys()));
        return this.#people;
    }

    async accept(userId: string): Promise<void> {
        await this.#kept.put(userId, true);
        this.#people = null;
    }
}
