/* Messages that others answer: those that lie here, and older ones, which are asked for once. */

import { MatrixEvent, type Room } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";

export class Quotes {
    readonly #session: Session;
    readonly #room: Room;
    readonly #found: (eventId: string) => void;
    /** Asked for; undefined while there is no answer, and for ever where there is none. */
    readonly #asked = new Map<string, MatrixEvent | undefined>();

    /** `found` is told of a message that has come. */
    constructor(session: Session, room: Room, found: (eventId: string) => void) {
        this.#session = session;
        this.#room = room;
        this.#found = found;
    }

    /** Return a message that is here; one that is not is asked for. */
    find(eventId: string): MatrixEvent | undefined {
        const event = this.#room.findEventById(eventId) ?? this.#ofAsked(eventId);
        return event === undefined || this.#session.disappearing.isGone(event) ? undefined : event;
    }

    #ofAsked(eventId: string): MatrixEvent | undefined {
        if (!this.#asked.has(eventId)) {
            this.#asked.set(eventId, undefined);
            void this.#ask(eventId);
        }
        return this.#asked.get(eventId);
    }

    async #ask(eventId: string): Promise<void> {
        try {
            const event = new MatrixEvent(await this.#session.client.fetchRoomEvent(this.#room.roomId, eventId));
            await this.#session.decrypting.now(event);
            this.#asked.set(eventId, event);
            this.#session.disappearing.watch(event);
            this.#found(eventId);
        } catch {
            // Offline, or it was before one's time: the quote stays empty, and the next opening asks again.
        }
    }
}
