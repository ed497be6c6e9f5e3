/* Where js-sdk keeps a session on this device, the key to its keys, and how all of it is destroyed. */

import { deleteDB } from "idb";

import { SearchStore } from "../platform/search_store.ts";
import { Vault } from "../platform/vault.ts";
import { VAULT } from "./credentials.ts";

/** There is one account in a browser. */
export const SYNC_STORE = "amanat-sync";
export const KEY_STORE = "amanat-keys";

/** Return the key that the keys' own store is encrypted with. */
export async function storageKey(vault: Vault): Promise<Uint8Array<ArrayBuffer>> {
    const area = vault.area<number[]>("keys");
    const kept = await area.get("store");
    if (kept !== undefined) return Uint8Array.from(kept);
    const made = crypto.getRandomValues(new Uint8Array(32));
    await area.put("store", [...made]);
    return made;
}

/** Destroy what a session left on this device, and the keys to it. */
export async function forget(): Promise<void> {
    await Promise.all([
        Vault.destroy(VAULT),
        SearchStore.destroy(),
        deleteDB(`matrix-js-sdk:${SYNC_STORE}`),
        deleteDB(`${KEY_STORE}::matrix-sdk-crypto`),
        deleteDB(`${KEY_STORE}::matrix-sdk-crypto-meta`),
    ]);
}
