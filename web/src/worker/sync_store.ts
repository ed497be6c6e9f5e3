/* Where js-sdk keeps what syncs bring. It holds all of it, copies it whole and writes it whole: beside the window, where
 * nobody waits for that. */

import type { LocalIndexedDBStoreBackend } from "matrix-js-sdk/lib/store/indexeddb-local-backend";
import { IndexedDBStoreWorker } from "matrix-js-sdk/lib/store/indexeddb-store-worker";

import { type EmptyEvents, emptyEvents } from "../matrix/session/kept_events.ts";
import { quieten } from "../matrix/session/quiet.ts";

quieten();

const store = new IndexedDBStoreWorker(self.postMessage.bind(self));

self.onmessage = (message: MessageEvent<EmptyEvents | { command: unknown }>) => {
    if (message.data.command !== "empty-events") return store.onMessage(message);
    // js-sdk has no door to what it keeps.
    const { backend } = store as unknown as { backend?: LocalIndexedDBStoreBackend };
    if (backend !== undefined) void emptyEvents(backend, message.data as EmptyEvents);
};
