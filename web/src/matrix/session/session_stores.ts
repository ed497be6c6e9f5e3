/* Where js-sdk keeps a session on this device, the key to its keys, and how all of it is destroyed. */

import { deleteDB } from "idb";

import { SearchStore } from "../../platform/search_store.ts";
import { Vault } from "../../platform/vault.ts";
import { VAULT } from "./credentials.ts";

/** There is one account in a browser. */
export const SYNC_STORE = "amanat-sync";
export const KEY_STORE = "amanat-keys";

/** Return the key that the keys' own store is encrypted with; makes it where there is none. */
export async function storageKey(vault: Vault): Promise<Uint8Array<ArrayBuffer>> {
    const kept = await keptStorageKey(vault);
    if (kept !== null) return kept;
    const made = crypto.getRandomValues(new Uint8Array(32));
    await storageKeys(vault).put("store", [...made]);
    return made;
}

/** Return that key; null where there is no store yet. */
export async function keptStorageKey(vault: Vault): Promise<Uint8Array<ArrayBuffer> | null> {
    const kept = await storageKeys(vault).get("store");
    return kept === undefined ? null : Uint8Array.from(kept);
}

function storageKeys(vault: Vault) {
    return vault.area<number[]>("keys");
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
