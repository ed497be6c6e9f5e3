/* What comes into the index as it is said: whatever can be read on this device, from the moment it can. */

import { type MatrixClient, type MatrixEvent, MatrixEventEvent, type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import type { Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import type { Disappearing } from "../timeline/disappearing.ts";
import { saidIn } from "./entry.ts";
import type { Said, SearchIndex } from "./index.ts";

/** Messages that came together go in together. */
const PAUSE_MS = 2_000;
const MOST_AT_ONCE = 250;
const EXPIRY_EVERY_MS = 30 * 60 * 1000;

export class SearchFeed {
    readonly #client: MatrixClient;
    readonly #disappearing: Disappearing;
    readonly #index: SearchIndex;
    readonly #withholds: (roomId: string) => boolean;
    readonly #waiting = new Map<string, MatrixEvent>();
    readonly #gone = new Set<string>();
    #due: ReturnType<typeof setTimeout> | null = null;

    /** What is said in chats that are withheld never comes to the disk. */
    constructor(session: Session, index: SearchIndex, withholds: (roomId: string) => boolean) {
        this.#client = session.client;
        this.#disappearing = session.disappearing;
        this.#index = index;
        this.#withholds = withholds;
    }

    /** Feed the index until the returned function is called. */
    follow(): Stop {
        const client = this.#client;
        const offer = (event: MatrixEvent) => this.offer(event);
        const arrive = (
            event: MatrixEvent,
            _room: unknown,
            _early: unknown,
            _removed: unknown,
            about: { liveEvent?: boolean },
        ) => {
            // What nobody looks at is decrypted by nobody else.
            if (about.liveEvent && event.isEncrypted()) void client.decryptEventIfNeeded(event);
            this.offer(event);
        };
        const redact = (event: MatrixEvent) => this.#forget(event.event.redacts ?? event.getContent().redacts);
        const leave = (room: Room) => {
            const membership = room.getMyMembership();
            if (membership === "leave" || membership === "ban") void this.#index.removeOf(room.roomId);
        };
        client.on(MatrixEventEvent.Decrypted, offer);
        client.on(RoomEvent.Timeline, arrive);
        client.on(RoomEvent.Redaction, redact);
        client.on(RoomEvent.MyMembership, leave);
        const expiry = setInterval(() => void this.expire(), EXPIRY_EVERY_MS);
        return () => {
            client.off(MatrixEventEvent.Decrypted, offer);
            client.off(RoomEvent.Timeline, arrive);
            client.off(RoomEvent.Redaction, redact);
            client.off(RoomEvent.MyMembership, leave);
            clearInterval(expiry);
            if (this.#due !== null) clearTimeout(this.#due);
        };
    }

    /** Take a message in with the next ones, if it says anything. */
    offer(event: MatrixEvent): void {
        const id = event.getId();
        if (id === undefined || event.isSending() || saidIn(event) === null) return;
        this.#waiting.set(id, event);
        this.#soon();
    }

    /** Take out what has disappeared, also of what no longer lies in memory. */
    async expire(until = Date.now()): Promise<void> {
        for (const roomId of this.#disappearing.rooms) await this.#index.removeOf(roomId, { until });
    }

    /** Take in what waits; returns how many were new. */
    async flush(): Promise<number> {
        const events = [...this.#waiting.values()].slice(0, MOST_AT_ONCE);
        for (const event of events) this.#waiting.delete(event.getId() ?? "");
        const gone = [...this.#gone];
        this.#gone.clear();
        // Asked again: since it was offered it may have been deleted, or its chat locked.
        const said = events.map((event) => this.#saidIn(event)).filter((each) => each !== null);
        const fresh = await this.#index.put(said.filter((each) => !this.#withholds(each.roomId)));
        if (gone.length > 0) await this.#index.remove(gone);
        if (this.#waiting.size > 0) this.#soon();
        return fresh;
    }

    #saidIn(event: MatrixEvent): Said | null {
        const said = this.#disappearing.isGone(event) ? null : saidIn(event);
        const stay = this.#disappearing.stayOf(event);
        return said === null || stay === null ? said : { ...said, until: stay.until };
    }

    #forget(eventId: unknown): void {
        if (typeof eventId !== "string") return;
        this.#waiting.delete(eventId);
        this.#gone.add(eventId);
        this.#soon();
    }

    #soon(): void {
        if (this.#due !== null) return;
        this.#due = setTimeout(() => {
            this.#due = null;
            // A closed index has been destroyed or taken over: nothing is lost.
            void this.flush().catch(() => {});
        }, PAUSE_MS);
    }
}
