/* What js-sdk keeps of syncs, so that the app opens with it, offline too: in a worker, written when there is something to
 * write. */

import { IndexedDBStore, type ISyncResponse, MemoryStore } from "matrix-js-sdk/lib/matrix";
import type { IStore } from "matrix-js-sdk/lib/store/index";
import { LocalIndexedDBStoreBackend } from "matrix-js-sdk/lib/store/indexeddb-local-backend";

import { type EmptyEvents, emptyEvents } from "./kept_events.ts";
import { SYNC_STORE } from "./session_stores.ts";

/** js-sdk writes every five minutes, all of it. Whoever loses the connection would miss that much. */
const AFTER_MS = 60_000;

type Ground = {
    /** Null where nothing is to be kept, in tests. */
    indexedDB: IDBFactory | null;
    startSyncStore: () => Worker;
};

export class KeptSync {
    /** What js-sdk is to be given. */
    readonly store: IStore;
    readonly #save: () => Promise<void>;
    #worker: Worker | null = null;
    #unsaved = false;
    #timer: ReturnType<typeof setTimeout> | undefined;

    /** Takes the saving over from js-sdk, which also saves when nothing has come. */
    constructor(ground: Ground) {
        const store = this.#open(ground);
        this.store = store;
        const save = store.save.bind(store);
        this.#save = () => save(true);
        store.save = () => Promise.resolve();
        const take = store.setSyncData.bind(store);
        store.setSyncData = async (sync) => {
            await take(sync);
            if (bringsSomething(sync)) this.#saveSoon();
        };
    }

    /** Write down what has come since the last time. */
    async save(): Promise<void> {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (!this.#unsaved) return;
        this.#unsaved = false;
        await this.#save();
    }

    /** Take out what some events of a room say, for the next start, now. */
    async empty(roomId: string, eventIds: readonly string[]): Promise<void> {
        const wanted: EmptyEvents = { command: "empty-events", roomId, eventIds };
        const { store } = this;
        const local = store instanceof IndexedDBStore && store.backend instanceof LocalIndexedDBStoreBackend;
        // js-sdk keeps it in the window where a worker could not be started.
        if (local) await emptyEvents(store.backend as LocalIndexedDBStoreBackend, wanted);
        else this.#worker?.postMessage(wanted);
        this.#unsaved = true;
        await this.save();
    }

    /** Write nothing more by itself. */
    stop(): void {
        clearTimeout(this.#timer);
    }

    #open({ indexedDB, startSyncStore }: Ground): IStore {
        if (indexedDB === null) return new MemoryStore();
        const workerFactory = () => {
            this.#worker = startSyncStore();
            return this.#worker;
        };
        return new IndexedDBStore({ indexedDB, dbName: SYNC_STORE, workerFactory });
    }

    #saveSoon(): void {
        this.#unsaved = true;
        this.#timer ??= setTimeout(() => void this.save(), AFTER_MS);
    }
}

function bringsSomething({ rooms, account_data: accountData }: ISyncResponse): boolean {
    const chats = Object.values(rooms ?? {}).some((each) => Object.keys(each ?? {}).length > 0);
    return chats || (accountData?.events.length ?? 0) > 0;
}
