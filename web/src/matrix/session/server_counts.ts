/* How many messages of each chat are unread, as the server counts them: its arithmetic is exact, and the only source.
 * js-sdk counts by itself in encrypted rooms, and only what it has decrypted: its numbers stick, so they are not read. */

import type { IStore } from "matrix-js-sdk/lib/store/index";

import type { Stop } from "../../platform/observable.ts";

type Count = { notification_count?: number };

/** The part of a sync, fresh or kept, that counts. */
export type CountedRooms = {
    join?: Record<string, { unread_notifications?: Count; unread_thread_notifications?: Record<string, Count> }>;
};

export class ServerCounts {
    readonly #counts = new Map<string, number>();
    readonly #listeners = new Set<(roomIds: readonly string[]) => void>();

    /** Return how many messages of a chat are unread, threads included. */
    of(roomId: string): number {
        return this.#counts.get(roomId) ?? 0;
    }

    /** Call `listener` with the chats that a sync counted, until the returned function is called. */
    subscribe(listener: (roomIds: readonly string[]) => void): Stop {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** Read every sync that a store is given, and the one that it has kept: js-sdk shows them to nobody else. */
    listenTo(store: IStore): void {
        const keep = store.setSyncData.bind(store);
        store.setSyncData = async (sync) => {
            await keep(sync);
            this.read(sync.rooms);
        };
        const recall = store.getSavedSync.bind(store);
        store.getSavedSync = async () => {
            const saved = await recall();
            this.read(saved?.roomsData);
            return saved;
        };
    }

    /** Take over what a sync counted. */
    read(rooms: CountedRooms | undefined): void {
        const counted: string[] = [];
        for (const [roomId, { unread_notifications: main, unread_thread_notifications: threads }] of Object.entries(
            rooms?.join ?? {},
        )) {
            if (main === undefined) continue;
            const all = [main, ...Object.values(threads ?? {})];
            this.#counts.set(
                roomId,
                all.reduce((sum, each) => sum + (each.notification_count ?? 0), 0),
            );
            counted.push(roomId);
        }
        for (const listener of [...this.#listeners]) listener(counted);
    }
}
