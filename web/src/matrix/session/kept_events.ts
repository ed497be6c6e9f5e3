/* Emptying events in what js-sdk keeps for the next start. They stay as shells: what comes after them hangs on their
 * places. */

import type { LocalIndexedDBStoreBackend } from "matrix-js-sdk/lib/store/indexeddb-local-backend";

/** What a window asks the worker that keeps its syncs, beside what js-sdk asks. */
export type EmptyEvents = { command: "empty-events"; roomId: string; eventIds: readonly string[] };

/** Take everything out of some events; the next save writes it. */
export async function emptyEvents(
    backend: LocalIndexedDBStoreBackend,
    { roomId, eventIds }: Pick<EmptyEvents, "roomId" | "eventIds">,
): Promise<void> {
    const ids = new Set(eventIds);
    const kept = await backend.getSavedSync(false);
    for (const event of kept?.roomsData.join[roomId]?.timeline.events ?? []) {
        if (ids.has(event.event_id)) for (const key of Object.keys(event.content)) delete event.content[key];
    }
}
