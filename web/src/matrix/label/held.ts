/* Why a message waits for the person who wrote it, and for nothing else: they look at something, then it goes. */

/** Somebody's identity is another than before; or they have a device that it does not vouch for, or publish none at
 * all, or are a service that does not say any more who runs its devices or that has come into a group, and nobody was
 * asked about that yet. */
export type HeldFor = {
    reason: "changed-identity" | "unknown-device" | "unfit-statement" | "uncheckable-app" | "new-service";
    userId: string;
};

/** Says whether something may be encrypted for a room now; throws `Held` if somebody has to look first. */
export type Guard = (roomId: string) => Promise<void>;

/** Thrown by a guard: nothing was encrypted, and trying again helps only after somebody has looked. */
export class Held extends Error {
    override name = "Held";
    readonly heldFor: HeldFor;

    constructor(heldFor: HeldFor) {
        super(`A message is held back: ${heldFor.reason}.`);
        this.heldFor = heldFor;
    }
}
