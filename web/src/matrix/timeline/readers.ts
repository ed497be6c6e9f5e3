/* How far the others have read, and so who has read a message. */

import type { MatrixEvent, Room, Thread } from "matrix-js-sdk/lib/matrix";

import type { Entries } from "./entries.ts";

/** Whoever has read a message, and when they said so. */
export type Reader = { userId: string; at: number };

/** What keeps receipts: a room, or one branch of it. */
type Keeper = Pick<Room | Thread, "getReceiptsForEvent" | "getReadReceiptForUserId">;

/** `behind` is for who has read something newer than all that is in sight. */
const BEHIND = Number.POSITIVE_INFINITY;

export class Readers {
    readonly #room: Room;
    readonly #keeper: Keeper;
    readonly #me: string;
    readonly #places = new Map<string, { place: number; at: number }>();

    constructor(room: Room, { keeper, me }: { keeper: Keeper; me: string }) {
        this.#room = room;
        this.#keeper = keeper;
        this.#me = me;
    }

    /** Look at all receipts anew: places have moved. */
    count(entries: Entries): void {
        this.#places.clear();
        let place = 0;
        for (const event of entries.from(0)) {
            for (const { userId, data } of this.#keeper.getReceiptsForEvent(event)) {
                if (userId !== this.#me) this.#places.set(userId, { place, at: data.ts });
            }
            place += 1;
        }
        const newest = entries.last?.getTs();
        if (newest !== undefined) this.#countBehind(newest);
    }

    /** Somebody who looks at old messages may see that the others are further. */
    #countBehind(newest: number): void {
        for (const { userId } of this.#room.getMembers()) {
            const receipt = this.#keeper.getReadReceiptForUserId(userId);
            if (receipt === null || userId === this.#me || this.#places.has(userId)) continue;
            const read = this.#room.findEventById(receipt.eventId);
            if (read !== undefined && read.getTs() > newest) {
                this.#places.set(userId, { place: BEHIND, at: receipt.data.ts });
            }
        }
    }

    /** Take in a receipt; return between which places messages have been read by one more. */
    take(receipts: MatrixEvent, entries: Entries): [from: number, to: number] | null {
        let [from, to] = [Number.POSITIVE_INFINITY, -1];
        for (const [eventId, kinds] of Object.entries(receipts.getContent())) {
            const place = entries.placeOf(eventId);
            if (place === undefined) continue;
            for (const [userId, data] of Object.entries((kinds as Kinds)["m.read"] ?? {})) {
                const before = this.#places.get(userId)?.place ?? -1;
                if (userId === this.#me || before >= place) continue;
                this.#places.set(userId, { place, at: data.ts });
                [from, to] = [Math.min(from, before + 1), Math.max(to, place + 1)];
            }
        }
        return to < 0 ? null : [from, to];
    }

    /** Return who has read what stands at a place. */
    of(place: number): Reader[] {
        return [...this.#places]
            .filter(([, reader]) => reader.place >= place)
            .map(([userId, { at }]) => ({ userId, at }));
    }

    howMany(place: number): number {
        let count = 0;
        for (const reader of this.#places.values()) if (reader.place >= place) count += 1;
        return count;
    }
}

type Kinds = { "m.read"?: Record<string, { ts: number; thread_id?: string }> };
