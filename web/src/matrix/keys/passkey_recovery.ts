/* The key of secret storage, wrapped by a person's passkeys: a later device opens everything with one of them.
 * The passkeys are those that the server knows, made on the account pages. What lies at the server is ciphertext. */

import { decodeBase64, encodeUnpaddedBase64 } from "matrix-js-sdk/lib/base64";
import { Method } from "matrix-js-sdk/lib/matrix";

import { knowsPasskeys, secretOfPasskey } from "../../platform/passkeys.ts";
import { unwrap, wrap } from "../../platform/wrapping.ts";
import type { Session } from "../session/session.ts";

const TYPE = "id.amanat.recovery.passkey";
const SALT_BYTES = 32;

/** By the passkey's id: the salt that it is asked with, and the key wrapped with what it makes of that. */
type Wraps = Record<string, { salt: string; wrapped: string }>;

/** `rp_id` is what passkeys are bound to; `key` is the id of the wrapped key. */
type Kept = { rp_id: string; key: string; wraps: Wraps };

declare module "matrix-js-sdk/lib/@types/event" {
    interface AccountDataEvents {
        [TYPE]: Kept | Record<string, never>;
    }
}

type Listed = { rp_id: string; passkeys: { id: string; prf: boolean }[] };

export class PasskeyRecovery {
    readonly #session: Session;

    constructor(session: Session) {
        this.#session = session;
    }

    /** Whether the person has a passkey that can wrap. */
    async possible(): Promise<boolean> {
        return knowsPasskeys() && (await this.#list()).ids.length > 0;
    }

    /** Whether a passkey opens the key that is in use. */
    async kept(): Promise<boolean> {
        return knowsPasskeys() && (await this.#kept()) !== null;
    }

    /** Wrap the key with a passkey that the person then uses; false if they do not before `signal` ends the asking. */
    async wrap(key: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<boolean> {
        const { rpId, ids } = await this.#list();
        const salts = new Map(ids.map((id) => [id, crypto.getRandomValues(new Uint8Array(SALT_BYTES))]));
        const used = await secretOfPasskey(rpId, salts, signal);
        const salt = used === null ? undefined : salts.get(used.id);
        const keyId = await this.#session.client.secretStorage.getDefaultKeyId();
        if (used === null || salt === undefined || keyId === null) return false;
        const wrapped = await wrap(key, used.secret, { salt, name: this.#name(keyId) });
        const before = (await this.#kept())?.wraps ?? {};
        const mine = { salt: encodeUnpaddedBase64(salt), wrapped: encodeUnpaddedBase64(wrapped) };
        await this.#session.client.setAccountData(TYPE, {
            rp_id: rpId,
            key: keyId,
            wraps: { ...before, [used.id]: mine },
        });
        return true;
    }

    /** Return the key, with a passkey that the person uses; null if they do not before `signal` ends the asking. */
    async open(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
        const kept = await this.#kept();
        if (kept === null) return null;
        const salts = new Map(Object.entries(kept.wraps).map(([id, { salt }]) => [id, decodeBase64(salt)]));
        const used = await secretOfPasskey(kept.rp_id, salts, signal);
        const found = used === null ? undefined : kept.wraps[used.id];
        if (used === null || found === undefined) return null;
        const purpose = { salt: decodeBase64(found.salt), name: this.#name(kept.key) };
        return unwrap(decodeBase64(found.wrapped), used.secret, purpose);
    }

    /** What was wrapped opens nothing any more. */
    async forget(): Promise<void> {
        if ((await this.#read()) !== null) await this.#session.client.setAccountData(TYPE, {});
    }

    async #kept(): Promise<Kept | null> {
        const kept = await this.#read();
        return kept?.key === (await this.#session.client.secretStorage.getDefaultKeyId()) ? kept : null;
    }

    /** Ask the server: on a new device nothing has come yet. */
    async #read(): Promise<Kept | null> {
        const kept = await this.#session.client.getAccountDataFromServer(TYPE);
        return kept !== null && "wraps" in kept ? (kept as Kept) : null;
    }

    async #list(): Promise<{ rpId: string; ids: string[] }> {
        const { http } = this.#session.client;
        const listed = await http.authedRequest<Listed>(Method.Get, "/passkeys", undefined, undefined, {
            prefix: "/_amanat/v1",
        });
        return { rpId: listed.rp_id, ids: listed.passkeys.filter(({ prf }) => prf).map(({ id }) => id) };
    }

    /** A wrap is for one key of one person. */
    #name(keyId: string): string {
        return `${TYPE} ${this.#session.userId} ${keyId}`;
    }
}
