/* The key of secret storage while it is needed: js-sdk asks for it, a person or a passkey gives it. */

import type { CryptoCallbacks } from "matrix-js-sdk/lib/crypto-api/index";

/** Holds the key of secret storage in memory between a recovery and its end; it is never written. */
export class SecretKeys {
    #key: { id: string | null; bytes: Uint8Array<ArrayBuffer> } | null = null;

    readonly callbacks: CryptoCallbacks = {
        getSecretStorageKey: async ({ keys }) => {
            const key = this.#key;
            const id = key?.id ?? Object.keys(keys)[0];
            return key === null || id === undefined || !(id in keys) ? null : [id, key.bytes];
        },
        cacheSecretStorageKey: (id, _info, bytes) => {
            this.#key = { id, bytes };
        },
    };

    /** Lend the key to what is done meanwhile. */
    async lend<Result>(bytes: Uint8Array<ArrayBuffer>, work: () => Promise<Result>): Promise<Result> {
        this.#key = { id: null, bytes };
        try {
            return await work();
        } finally {
            this.#key = null;
        }
    }
}
