/* Where js-sdk keeps what syncs bring. It holds all of it, copies it whole and writes it whole: beside the window, where
 * nobody waits for that. */

import { IndexedDBStoreWorker } from "matrix-js-sdk/lib/store/indexeddb-store-worker";

const store = new IndexedDBStoreWorker(self.postMessage.bind(self));
self.onmessage = store.onMessage;
