/* What one's own devices share and the server is not to read: account data under a key that is made of the key of the
 * message backup. Each of one's devices has that one once it can read old messages, and the server never has it. Secret
 * storage would do as well, but opens only with the recovery code, which nobody is to be asked for each time. */

import { type AccountDataEvents, ClientEvent, type IContent, type MatrixEvent } from "matrix-js-sdk/lib/matrix";

import type { Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";

/** AES-GCM wants a nonce of 96 bits that never repeats. */
const NONCE_BYTES = 12;

export class SealedNote {
    readonly #session: Session;
    readonly #type: string;

    constructor(session: Session, type: string) {
        this.#session = session;
        this.#type = type;
    }

    /** Call `look` when another device has written it, until the returned function is called. */
    follow(look: () => void): Stop {
        const { client } = this.#session;
        const listener = (event: MatrixEvent) => event.getType() === this.#type && look();
        client.on(ClientEvent.AccountData, listener);
        return () => client.off(ClientEvent.AccountData, listener);
    }

    /** Return what it says; null where there is nothing, or nothing that opens with the key of now. */
    async read(): Promise<unknown> {
        const content = this.#session.client.getAccountData(this.#type as keyof AccountDataEvents)?.getContent();
        const key = await this.#key();
        if (content === undefined || key === null) return null;
        try {
            const { nonce, ciphertext } = content as IContent;
            const clear = await crypto.subtle.decrypt(this.#how(bytesOf(nonce)), key, bytesOf(ciphertext));
            return JSON.parse(new TextDecoder().decode(clear));
        } catch {
            return null;
        }
    }

    /** Write it. Rejects without a connection, and where there is no backup yet. */
    async write(value: unknown): Promise<void> {
        const key = await this.#key();
        if (key === null) throw new Error("Nothing can be sealed before there is a key of the backup.");
        const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
        const clear = new TextEncoder().encode(JSON.stringify(value));
        const ciphertext = new Uint8Array(await crypto.subtle.encrypt(this.#how(nonce), key, clear));
        const content = { v: 1, nonce: textOf(nonce), ciphertext: textOf(ciphertext) };
        const type = this.#type as keyof AccountDataEvents;
        await this.#session.client.setAccountData(type, content as unknown as AccountDataEvents[typeof type]);
    }

    async #key(): Promise<CryptoKey | null> {
        const secret = await this.#session.crypto.getSessionBackupPrivateKey();
        if (secret === null) return null;
        const root = await crypto.subtle.importKey("raw", Uint8Array.from(secret), "HKDF", false, ["deriveKey"]);
        const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: this.#name() };
        return crypto.subtle.deriveKey(derivation, root, { name: "AES-GCM", length: 256 }, false, [
            "encrypt",
            "decrypt",
        ]);
    }

    #how(nonce: Uint8Array<ArrayBuffer>): AesGcmParams {
        return { name: "AES-GCM", iv: nonce, additionalData: this.#name() };
    }

    /** It opens for nobody else's account, and under no other name. */
    #name(): Uint8Array<ArrayBuffer> {
        return new TextEncoder().encode(`${this.#type} ${this.#session.userId}`);
    }
}

function textOf(bytes: Uint8Array<ArrayBuffer>): string {
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
