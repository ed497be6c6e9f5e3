/* One secret that opens everything again: made at sign-up without a question, and the way in for each later device.
 * spec: client-server-api#secrets, #cross-signing, #server-side-key-backups */

import { decodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index";

import type { Handed } from "./linking_in.ts";
import type { Session } from "./session.ts";

/** How often, and how long, the server is asked whether it knows this device's keys. */
const ASK_EVERY_MS = 300;
const ASK_FOR_MS = 30_000;

/** `fresh` has never had keys; `locked` has them, but not on this device; `ready` has all of them here. */
export type Standing = "fresh" | "locked" | "ready";

export class WrongCode extends Error {
    override name = "WrongCode";
}

/** Sets up and restores a person's keys. */
export class Recovery {
    readonly #session: Session;

    constructor(session: Session) {
        this.#session = session;
    }

    /** Ask the stores of this device, and the server where they do not know: a start waits for no network. */
    async standing(): Promise<Standing> {
        const { crypto, userId } = this.#session;
        if (await crypto.isCrossSigningReady()) return "ready";
        return (await crypto.userHasCrossSigningKeys(userId, true)) ? "locked" : "fresh";
    }

    /** Make a person's keys, storage for them and a backup; return the code that opens all of it, once. */
    async setUp(): Promise<string> {
        const { crypto, secretKeys } = this.#session;
        const made = await crypto.createRecoveryKeyFromPassphrase();
        await secretKeys.lend(made.privateKey, async () => {
            await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
            await crypto.bootstrapSecretStorage({
                createSecretStorageKey: async () => made,
                setupNewSecretStorage: true,
                setupNewKeyBackup: true,
            });
        });
        if (made.encodedPrivateKey === undefined) throw new Error("js-sdk encodes each key that it makes.");
        return made.encodedPrivateKey;
    }

    /** Open everything with the code: sign this device, and take up the backup; throws `WrongCode`. */
    async restore(code: string): Promise<void> {
        const key = await this.#keyOf(code);
        const { crypto, secretKeys } = this.#session;
        await secretKeys.lend(key, async () => {
            await this.#published();
            await crypto.bootstrapCrossSigning({});
            await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
            await crypto.checkKeyBackupAndEnable();
        });
    }

    /** Take up what another device of this person has handed over, and sign this one with it. */
    async receive(handed: Handed): Promise<void> {
        const { crypto, userId, deviceId } = this.#session;
        // The keys are compared with those that the person has published: these have to be known.
        await crypto.userHasCrossSigningKeys(userId, true);
        await crypto.importSecretsBundle?.(handed);
        await this.#published();
        await crypto.crossSignDevice(deviceId);
        await crypto.checkKeyBackupAndEnable();
    }

    /** Wait until the server has the keys of this device: what it does not have cannot be signed. */
    async #published(): Promise<void> {
        const { client, userId, deviceId } = this.#session;
        const until = Date.now() + ASK_FOR_MS;
        while (Date.now() < until) {
            const { device_keys: known } = await client.downloadKeysForUsers([userId]);
            if (known[userId]?.[deviceId] !== undefined) return;
            await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
        }
        throw new Error("The keys of this device did not reach the server.");
    }

    async #keyOf(code: string): Promise<Uint8Array<ArrayBuffer>> {
        const storage = this.#session.client.secretStorage;
        const stored = await storage.getKey();
        const key = decoded(code);
        if (stored === null || key === null || !(await storage.checkKey(key, stored[1]))) {
            throw new WrongCode("This is not the code of this account.");
        }
        return key;
    }
}

function decoded(code: string): Uint8Array<ArrayBuffer> | null {
    try {
        return decodeRecoveryKey(code.trim());
    } catch {
        return null;
    }
}
