/* Decrypted files in memory, and their addresses while something shows them. What nobody shows makes room when the shelf
 * is full, and its address ends with it. */

import { MAGIC_BYTES, type SafeType, safeTypeOf, UNKNOWN_TYPE } from "./magic_bytes.ts";

/** A file in use, until it is let go of. */
export interface HeldBlob {
    readonly url: string;
    /** What its bytes are; null for what is only saved. */
    readonly type: SafeType | null;
    letGo(): void;
}

/** What gives files an address: `URL`, but for tests. */
export type Addresses = { createObjectURL: (blob: Blob) => string; revokeObjectURL: (url: string) => void };

type Shelved = { blob: Blob; type: SafeType | null; url: string; holders: number };

export class BlobShelf {
    readonly #maxBytes: number;
    readonly #addresses: Addresses;
    /** The longest unused comes first. */
    readonly #shelved = new Map<string, Shelved>();
    #bytes = 0;

    constructor(maxBytes: number, addresses: Addresses = URL) {
        this.#maxBytes = maxBytes;
        this.#addresses = addresses;
    }

    get bytes(): number {
        return this.#bytes;
    }

    /** Keep a file. It loses whatever type somebody claimed: its bytes say what it is. */
    async put(key: string, file: Blob): Promise<void> {
        if (this.#shelved.has(key)) return;
        const type = safeTypeOf(new Uint8Array(await file.slice(0, MAGIC_BYTES).arrayBuffer()));
        if (this.#shelved.has(key)) return;
        const blob = file.slice(0, file.size, type ?? UNKNOWN_TYPE);
        this.#shelved.set(key, { blob, type, url: this.#addresses.createObjectURL(blob), holders: 0 });
        this.#bytes += blob.size;
        this.#makeRoom(key);
    }

    /** Use a file; null if it is not here. */
    hold(key: string): HeldBlob | null {
        const found = this.#shelved.get(key);
        if (found === undefined) return null;
        found.holders += 1;
        let held = true;
        return {
            url: found.url,
            type: found.type,
            letGo: () => {
                if (!held) return;
                held = false;
                found.holders -= 1;
                this.#moveToEnd(key, found);
                this.#makeRoom();
            },
        };
    }

    /** Return a file itself; null if it is not here. */
    blob(key: string): Blob | null {
        return this.#shelved.get(key)?.blob ?? null;
    }

    /** Let go of everything. */
    clear(): void {
        for (const key of [...this.#shelved.keys()]) this.drop(key);
    }

    /** Let go of a file, whoever uses it. */
    drop(key: string): void {
        const dropped = this.#shelved.get(key);
        if (dropped === undefined) return;
        this.#shelved.delete(key);
        this.#bytes -= dropped.blob.size;
        this.#addresses.revokeObjectURL(dropped.url);
    }

    /** `fresh` was put just now, and its caller is about to hold it. */
    #makeRoom(fresh?: string): void {
        for (const [key, { holders }] of [...this.#shelved]) {
            if (this.#bytes <= this.#maxBytes) return;
            if (holders === 0 && key !== fresh) this.drop(key);
        }
    }

    #moveToEnd(key: string, shelved: Shelved): void {
        if (this.#shelved.get(key) !== shelved) return;
        this.#shelved.delete(key);
        this.#shelved.set(key, shelved);
    }
}
