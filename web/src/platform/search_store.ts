/* Where the search index lies: a database of sealed rows with keys of its own that cannot be taken out of the browser and
 * that die with it at sign-out. The disk shows how many messages there are, and no word, sender or chat of any. */

import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";

import { inPieces } from "./pieces.ts";
import { UnderWay } from "./under_way.ts";

const NAME = "amanat-search";
const NONCE_BYTES = 12;

type Bytes = Uint8Array<ArrayBuffer>;
type Keys = { seal: CryptoKey; hash: CryptoKey };

/** The kinds of row: messages by number, packed terms, times of a block, and what else is to be remembered. */
export type Kind = "messages" | "terms" | "times" | "notes";

interface Schema extends DBSchema {
    keys: { key: string; value: Keys };
    /** Numbers of messages by the keyed hash of their ids. */
    ids: { key: string; value: number };
    messages: { key: number; value: Bytes };
    terms: { key: number; value: Bytes };
    times: { key: number; value: Bytes };
    notes: { key: number; value: Bytes };
}

/** What is written together: null deletes. */
export type Batch = {
    ids: Map<string, number | null>;
    rows: Record<Kind, Map<number, Bytes | null>>;
};

export const newBatch = (): Batch => ({
    ids: new Map(),
    rows: { messages: new Map(), terms: new Map(), times: new Map(), notes: new Map() },
});

export class SearchStore {
    readonly #database: IDBPDatabase<Schema>;
    readonly #keys: Keys;
    readonly #underWay = new UnderWay();

    private constructor(database: IDBPDatabase<Schema>, keys: Keys) {
        this.#database = database;
        this.#keys = keys;
    }

    static async open(name = NAME): Promise<SearchStore> {
        const database = await openDB<Schema>(name, 1, {
            upgrade(fresh) {
                for (const store of ["keys", "ids", "messages", "terms", "times", "notes"] as const) {
                    fresh.createObjectStore(store);
                }
            },
            blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
        });
        return new SearchStore(database, await keysOf(database));
    }

    /** Destroy the index and its keys. */
    static async destroy(name = NAME): Promise<void> {
        await deleteDB(name);
    }

    /** Let go of it when what is being read and written is; what is asked of it later is never answered. */
    async close(): Promise<void> {
        await this.#underWay.end();
        this.#database.close();
    }

    /** Return 64 bits that stand for a text and tell nothing of it to who has not the key. */
    async hash(text: string): Promise<bigint> {
        const whole = await crypto.subtle.sign("HMAC", this.#keys.hash, new TextEncoder().encode(text));
        return new DataView(whole).getBigUint64(0);
    }

    /** Return the numbers of messages by the hashes of their ids. */
    async numbers(ids: readonly string[]): Promise<(number | undefined)[]> {
        return this.#underWay.run(() => {
            const { store } = this.#database.transaction("ids");
            return inPieces(ids, (id) => store.get(id));
        });
    }

    async rows(kind: Kind, places: readonly number[]): Promise<(Bytes | undefined)[]> {
        const sealed = await this.#underWay.run(() => {
            const { store } = this.#database.transaction(kind);
            return inPieces(places, async (place) => ({ place, row: await store.get(place) }));
        });
        return inPieces(sealed, async ({ place, row }) => row && this.#open(row, `${kind}/${place}`));
    }

    /** Write all of it or nothing. */
    async write({ ids, rows }: Batch): Promise<void> {
        const kinds = Object.entries(rows) as [Kind, Map<number, Bytes | null>][];
        const clear = kinds.flatMap(([kind, held]) => [...held].map(([place, row]) => ({ kind, place, row })));
        const sealed = await inPieces(clear, async ({ kind, place, row }) => {
            return { kind, place, row: row && (await this.#seal(row, `${kind}/${place}`)) };
        });
        await this.#underWay.run(() => {
            const writing = this.#database.transaction(["ids", "messages", "terms", "times", "notes"], "readwrite");
            return Promise.all([fill(writing, ids, sealed), writing.done]);
        });
    }

    /** Delete everything but the keys. */
    async clear(): Promise<void> {
        const stores = ["ids", "messages", "terms", "times", "notes"] as const;
        await this.#underWay.run(() => {
            const writing = this.#database.transaction(stores, "readwrite");
            for (const store of stores) void writing.objectStore(store).clear();
            return writing.done;
        });
    }

    /** A row opens only where it was put. */
    async #seal(row: Bytes, name: string): Promise<Bytes> {
        const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
        const sealed = await crypto.subtle.encrypt(parameters(nonce, name), this.#keys.seal, row);
        const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
        whole.set(nonce);
        whole.set(new Uint8Array(sealed), NONCE_BYTES);
        return whole;
    }

    async #open(whole: Bytes, name: string): Promise<Bytes> {
        const nonce = whole.subarray(0, NONCE_BYTES);
        const sealed = whole.subarray(NONCE_BYTES);
        return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, name), this.#keys.seal, sealed));
    }
}

type Writing = IDBPTransaction<Schema, (Kind | "ids")[], "readwrite">;
type Sealed = { kind: Kind; place: number; row: Bytes | null };

async function fill(writing: Writing, ids: Batch["ids"], rows: readonly Sealed[]): Promise<void> {
    const numbers = writing.objectStore("ids");
    await inPieces([...ids], async ([id, number]) => {
        await (number === null ? numbers.delete(id) : numbers.put(number, id));
    });
    await inPieces(rows, async ({ kind, place, row }) => {
        const store = writing.objectStore(kind);
        await (row === null ? store.delete(place) : store.put(row, place));
    });
}

function parameters(nonce: Bytes, name: string): AesGcmParams {
    return { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(name) };
}

async function keysOf(database: IDBPDatabase<Schema>): Promise<Keys> {
    const [seal, hash] = await Promise.all([
        crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
        crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
    ]);
    const writing = database.transaction("keys", "readwrite");
    const kept = await writing.store.get("own");
    if (kept === undefined) await writing.store.put({ seal, hash: hash as CryptoKey }, "own");
    await writing.done;
    return kept ?? { seal, hash: hash as CryptoKey };
}
