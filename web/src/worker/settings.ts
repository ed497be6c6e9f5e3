/* What the worker knows while no window is open: windows tell it, and it keeps that beside the app's files. */

import type { WorkerSettings } from "../platform/worker_messages.ts";

/** Not one of the caches that go with a new version. */
const STORE = "settings-of-amanat";
const PLACE = "/settings";
/** Nobody has signed in, or they did before this version. */
const USUAL: WorkerSettings = { language: "id", quiet: null, content: false };

export async function keepSettings(settings: WorkerSettings): Promise<void> {
    const store = await caches.open(STORE);
    await store.put(PLACE, new Response(JSON.stringify(settings)));
}

/** Never fails: what cannot be read is as usual. */
export async function loadSettings(): Promise<WorkerSettings> {
    try {
        const store = await caches.open(STORE);
        const kept = await store.match(PLACE);
        return kept === undefined ? USUAL : { ...USUAL, ...((await kept.json()) as Partial<WorkerSettings>) };
    } catch {
        return USUAL;
    }
}

export async function forgetSettings(): Promise<void> {
    await caches.delete(STORE);
}

/** Whether notifications make no sound at a time of day. */
export function isQuietNow({ quiet }: WorkerSettings, now: Date): boolean {
    if (quiet === null) return false;
    const { from, to } = quiet;
    const minute = now.getHours() * 60 + now.getMinutes();
    return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}
