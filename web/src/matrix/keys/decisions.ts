/* What the person here has decided about others' apps or devices, each decision under what it is about. Only this
 * device knows it: a server that kept the answers could give them in one's stead. */

import type { Area, Vault } from "../../platform/vault.ts";

/** `accepted-apps`: people whose apps cannot be checked and whom one writes to all the same.
 * `accepted-statements`: what is wrong with which statement of a service to which one writes on.
 * `left-out-devices`: devices that nobody vouches for, without which one writes on.
 * `admitted-services`: services in groups that one was told of, and writes on: see `admissionOf`. */
type Kind = "accepted-apps" | "accepted-statements" | "left-out-devices" | "admitted-services";

export class Decisions {
    readonly #kept: Area<true>;
    #made: Promise<Set<string>> | null = null;

    constructor(vault: Vault, kind: Kind) {
        this.#kept = vault.area<true>(kind);
    }

    /** Return what was decided about. */
    made(): Promise<ReadonlySet<string>> {
        this.#made ??= this.#kept.all().then((kept) => new Set(kept.keys()));
        return this.#made;
    }

    async make(about: readonly string[]): Promise<void> {
        await this.#kept.putAll(new Map(about.map((each) => [each, true])));
        this.#made = null;
    }
}
