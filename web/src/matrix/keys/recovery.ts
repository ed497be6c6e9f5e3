/* One secret that opens everything again: made at sign-up without a question, and the way in for each later device.
 * spec: client-server-api#secrets, #cross-signing, #server-side-key-backups */

import { decodeRecoveryKey, type GeneratedSecretStorageKey } from "matrix-js-sdk/lib/crypto-api/index";
import { MatrixError } from "matrix-js-sdk/lib/matrix";

import type { Area } from "../../platform/vault.ts";
import type { Session } from "../session/session.ts";
import { serverMetadata } from "../session/sign_in.ts";
import type { Handed } from "./linking_in.ts";
import { PasskeyRecovery } from "./passkey_recovery.ts";

/** How often, and how long, the server is asked whether it knows this device's keys. */
const ASK_EVERY_MS = 300;
const ASK_FOR_MS = 30_000;

const TYPE = "id.amanat.recovery";
/** The one act that an app does once it is allowed on the account page. spec: client-server-api#oauth-20-api */
const RESET = "org.matrix.cross_signing_reset";

declare module "matrix-js-sdk/lib/@types/event" {
    interface AccountDataEvents {
        [TYPE]: { code?: "kept" | "later" };
    }
}

/** `fresh` has never had keys; `locked` has them, but not on this device; `ready` has all of them here. */
export type Standing = "fresh" | "locked" | "ready";

/** A new code: `key` is what it stands for, and what a passkey may wrap. */
export type Made = { code: string; key: Uint8Array<ArrayBuffer> };

export class WrongCode extends Error {
    override name = "WrongCode";
}

export class NotAllowed extends Error {
    override name = "NotAllowed";
}

/** Sets up and restores a person's keys. */
export class Recovery {
    readonly passkeys: PasskeyRecovery;
    readonly #session: Session;
    readonly #noted: Area<Standing>;

    constructor(session: Session) {
        this.#session = session;
        this.#noted = session.vault.area<Standing>("recovery");
        this.passkeys = new PasskeyRecovery(session);
    }

    /** Ask the stores of this device, and the server where they do not know: a start waits for no network. */
    async standing(): Promise<Standing> {
        const { crypto, userId } = this.#session;
        if (await crypto.isCrossSigningReady()) return "ready";
        return (await crypto.userHasCrossSigningKeys(userId, true)) ? "locked" : "fresh";
    }

    /** Whether this device had all keys when it last was asked. */
    async wasReady(): Promise<boolean> {
        return (await this.#noted.get("standing")) === "ready";
    }

    /** Ask, and note it for a start without a connection. */
    async isReady(): Promise<boolean> {
        const standing = await this.standing();
        await this.#noted.put("standing", standing);
        return standing === "ready";
    }

    /** Make a person's keys, storage for them and a backup; return the code that opens all of it, once. */
    async setUp(): Promise<Made> {
        await this.#session.crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
        return this.#makeStorage({ setupNewKeyBackup: true });
    }

    /** Make a new code; the one before, and what passkeys have wrapped, open nothing from then on. */
    async renew(): Promise<Made> {
        const made = await this.#makeStorage({ setupNewKeyBackup: false });
        await this.passkeys.forget();
        return made;
    }

    /** Open everything with the code: sign this device, and take up the backup; throws `WrongCode`. */
    async restore(code: string): Promise<void> {
        const storage = this.#session.client.secretStorage;
        const stored = await storage.getKey();
        const key = decoded(code);
        if (stored === null || key === null || !(await storage.checkKey(key, stored[1]))) {
            throw new WrongCode("This is not the code of this account.");
        }
        await this.#open(key);
    }

    /** Open everything with a passkey; false if the person does not use one before `signal` ends the asking. */
    async restoreByPasskey(signal: AbortSignal): Promise<boolean> {
        const key = await this.passkeys.open(signal);
        if (key === null) return false;
        await this.#open(key);
        return true;
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

    /** Return the page where the person allows that everything begins anew. */
    async pageForNew(): Promise<string> {
        const { account_management_uri: page } = await serverMetadata(this.#session.origin);
        if (page === undefined) throw new Error("The server has account pages.");
        return `${page}?action=${RESET}`;
    }

    /** Begin anew, which the person has allowed on that page: what only the old keys open stays closed for ever.
     * Throws `NotAllowed`; then nothing has changed. */
    async beginAnew(): Promise<Made> {
        const { client, crypto, userId } = this.#session;
        const before = await client.secretStorage.getDefaultKeyId();
        // js-sdk would put the new keys into the old storage, which nobody here can open.
        await client.secretStorage.setDefaultKeyId(null);
        try {
            await crypto.bootstrapCrossSigning({
                setupNewCrossSigning: true,
                authUploadDeviceSigningKeys: (upload) => upload(null),
            });
        } catch (error) {
            // All is as it was, and the keys that were made here are dropped for the published ones.
            await client.secretStorage.setDefaultKeyId(before);
            await crypto.userHasCrossSigningKeys(userId, true);
            const asked = error instanceof MatrixError && error.httpStatus === 401;
            throw asked ? new NotAllowed("Nobody has allowed this on the account page.") : error;
        }
        const made = await this.#makeStorage({ setupNewKeyBackup: true });
        await this.passkeys.forget();
        return made;
    }

    /** Note whether the person has kept the code. */
    async keptCode(kept: boolean): Promise<void> {
        await this.#session.client.setAccountData(TYPE, { code: kept ? "kept" : "later" });
    }

    /** Whether old messages could never be read again if this device were signed out. */
    async hangsOnThisDevice(): Promise<boolean> {
        const { client } = this.#session;
        const { devices } = await client.getDevices();
        if (devices.length > 1) return false;
        const kept = await client.getAccountDataFromServer(TYPE);
        return kept?.code === "later" && !(await this.passkeys.kept());
    }

    async #makeStorage(how: { setupNewKeyBackup: boolean }): Promise<Made> {
        const { crypto, secretKeys } = this.#session;
        const made = await crypto.createRecoveryKeyFromPassphrase();
        const createSecretStorageKey = async () => made;
        await secretKeys.lend(made.privateKey, () =>
            crypto.bootstrapSecretStorage({ createSecretStorageKey, setupNewSecretStorage: true, ...how }),
        );
        return madeOf(made);
    }

    async #open(key: Uint8Array<ArrayBuffer>): Promise<void> {
        const { crypto, secretKeys } = this.#session;
        await this.#published();
        await secretKeys.lend(key, async () => {
            await crypto.bootstrapCrossSigning({});
            await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
            await crypto.checkKeyBackupAndEnable();
        });
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
}

function madeOf({ encodedPrivateKey: code, privateKey: key }: GeneratedSecretStorageKey): Made {
    if (code === undefined) throw new Error("js-sdk encodes each key that it makes.");
    return { code, key };
}

function decoded(code: string): Uint8Array<ArrayBuffer> | null {
    try {
        return decodeRecoveryKey(code.trim());
    } catch {
        return null;
    }
}
