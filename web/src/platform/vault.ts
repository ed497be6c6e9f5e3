/* What the app keeps on this device beside js-sdk's own stores: encrypted with a key that cannot be taken out of the
 * browser and that dies at sign-out, so that a copied disk shows drafts, queue and index to nobody. */

import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";

import { UnderWay } from "./under_way.ts";

/** AES-GCM wants a nonce of 96 bits that never repeats. */
const NONCE_BYTES = 12;

interface Schema extends DBSchema {
    keys: { key: string; value: CryptoKey };
    items: { key: [area: string, key: string]; value: Uint8Array<ArrayBuffer> };
}

/** How a value becomes bytes, and what the bytes become again. */
type Form<Value> = {
    bytesOf: (value: Value) => Uint8Array<ArrayBuffer>;
    valueOf: (bytes: Uint8Array<ArrayBuffer>) => Value;
};

/** One kind of thing in the vault, by key. Values are what JSON can say, or bytes. */
export interface Area<Value> {
    get(key: string): Promise<Value | undefined>;
    put(key: string, value: Value): Promise<void>;
    /** Write several in one transaction: all of them or none. */
    putAll(entries: ReadonlyMap<string, Value>): Promise<void>;
    delete(key: string): Promise<void>;
    /** Return everything, in the order of the keys. */
    all(): Promise<Map<string, Value>>;
}

/** A vault of one name. `open` makes it where there is none. */
export class Vault {
    readonly #database: IDBPDatabase<Schema>;
    readonly #key: CryptoKey;
    readonly #underWay = new UnderWay();

    private constructor(database: IDBPDatabase<Schema>, key: CryptoKey) {
        this.#database = database;
        this.#key = key;
    }

    static async open(name: string): Promise<Vault> {
        let vault: Vault | null = null;
        const database = await openDB<Schema>(name, 1, {
            upgrade(fresh) {
                fresh.createObjectStore("keys");
                fresh.createObjectStore("items");
            },
            // Another tab wants to delete it: this one has signed out.
            blocking: (_current, _blocked, event) =>
                vault === null ? (event.target as IDBDatabase).close() : void vault.close(),
        });
        vault = new Vault(database, await keyOf(database));
        return vault;
    }

    /** Destroy a vault and its key. What was in it can be read by nobody from then on. */
    static async destroy(name: string): Promise<void> {
        await deleteDB(name);
    }

    /** Let go of it when what is being read and written is; what is asked of it later is never answered. */
    async close(): Promise<void> {
        await this.#underWay.end();
        this.#database.close();
    }

    area<Value>(area: string): Area<Value> {
        return this.#area<Value>(area, {
            bytesOf: (value) => new TextEncoder().encode(JSON.stringify(value)),
            valueOf: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Value,
        });
    }

    /** An area for files. */
    bytes(area: string): Area<Uint8Array<ArrayBuffer>> {
        return this.#area(area, { bytesOf: (value) => value, valueOf: (bytes) => bytes });
    }

    #area<Value>(area: string, form: Form<Value>): Area<Value> {
        const within = IDBKeyRange.bound([area, ""], [area, "\uffff"]);
        const bare: Area<Value> = {
            get: async (key) => {
                const sealed = await this.#database.get("items", [area, key]);
                return sealed === undefined ? undefined : form.valueOf(await this.#open(sealed, `${area}/${key}`));
            },
            put: async (key, value) => {
                const sealed = await this.#seal(form.bytesOf(value), `${area}/${key}`);
                await this.#database.put("items", sealed, [area, key]);
            },
            putAll: async (entries) => {
                const sealed = await Promise.all(
                    [...entries].map(
                        async ([key, value]) => [key, await this.#seal(form.bytesOf(value), `${area}/${key}`)] as const,
                    ),
                );
                const writing = this.#database.transaction("items", "readwrite");
                for (const [key, bytes] of sealed) void writing.store.put(bytes, [area, key]);
                await writing.done;
            },
            delete: (key) => this.#database.delete("items", [area, key]),
            all: async () => {
                const reading = this.#database.transaction("items");
                const [keys, sealed] = await Promise.all([
                    reading.store.getAllKeys(within),
                    reading.store.getAll(within),
                ]);
                const opened = keys.map(async ([, key], index) => {
                    const bytes = sealed[index];
                    if (bytes === undefined) throw new Error("A transaction of the vault saw two states.");
                    return [key, form.valueOf(await this.#open(bytes, `${area}/${key}`))] as const;
                });
                return new Map(await Promise.all(opened));
            },
        };
        return {
            get: (key) => this.#underWay.run(() => bare.get(key)),
            put: (key, value) => this.#underWay.run(() => bare.put(key, value)),
            putAll: (entries) => this.#underWay.run(() => bare.putAll(entries)),
            delete: (key) => this.#underWay.run(() => bare.delete(key)),
            all: () => this.#underWay.run(() => bare.all()),
        };
    }

    /** A sealed value opens only under the name it was sealed for. */
    async #seal(clear: Uint8Array<ArrayBuffer>, name: string): Promise<Uint8Array<ArrayBuffer>> {
        const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
        const sealed = await crypto.subtle.encrypt(parameters(nonce, name), this.#key, clear);
        const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
        whole.set(nonce);
        whole.set(new Uint8Array(sealed), NONCE_BYTES);
        return whole;
    }

    async #open(whole: Uint8Array<ArrayBuffer>, name: string): Promise<Uint8Array<ArrayBuffer>> {
        const nonce = whole.subarray(0, NONCE_BYTES);
        const clear = await crypto.subtle.decrypt(parameters(nonce, name), this.#key, whole.subarray(NONCE_BYTES));
        return new Uint8Array(clear);
    }
}

function parameters(nonce: Uint8Array<ArrayBuffer>, name: string): AesGcmParams {
    return { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(name) };
}

async function keyOf(database: IDBPDatabase<Schema>): Promise<CryptoKey> {
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // Whoever comes first: two openings of a new vault agree on one key.
    const writing = database.transaction("keys", "readwrite");
    const kept = await writing.store.get("vault");
    if (kept === undefined) await writing.store.put(made, "vault");
    await writing.done;
    return kept ?? made;
}
