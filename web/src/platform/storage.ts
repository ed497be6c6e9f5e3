/* How much of this device the app takes up. */

/** Bytes by kind; `quota` is what the browser would allow. Browsers that do not tell the kinds say only the whole. */
export type StorageUsed = { whole: number; quota: number; data: number | null; files: number | null };

type Estimate = StorageEstimate & { usageDetails?: { indexedDB?: number; caches?: number } };

/** Ask the browser. */
export async function storageUsed(): Promise<StorageUsed> {
    const estimate: Estimate = await navigator.storage.estimate();
    const kinds = estimate.usageDetails;
    return {
        whole: estimate.usage ?? 0,
        quota: estimate.quota ?? 0,
        data: kinds === undefined ? null : (kinds.indexedDB ?? 0),
        files: kinds === undefined ? null : (kinds.caches ?? 0),
    };
}

/** Ask the browser to keep what is here even when the disk is full; return whether it will. */
export async function keepStorage(): Promise<boolean> {
    return navigator.storage.persist();
}
