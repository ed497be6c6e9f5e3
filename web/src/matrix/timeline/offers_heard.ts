/* How a chat's messages say whether a person wants offers there, as they come. */

import { type MatrixEvent, MatrixEventEvent, type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import { type Heard, OFFERS, type OffersChoice, offersIn } from "./offers.ts";

export class OffersHeard {
    readonly #session: Session;
    readonly #room: Room;
    readonly #choice = new Observable<OffersChoice | null>(null);

    constructor(session: Session, room: Room) {
        this.#session = session;
        this.#room = room;
    }

    get choice(): Followed<OffersChoice | null> {
        return this.#choice;
    }

    /** Follow it until the returned function is called. */
    follow(): Stop {
        const look = () => this.#choice.set(this.#look());
        const heard = (event: MatrixEvent) => event.getRoomId() === this.#room.roomId && matters(event) && look();
        const { client } = this.#session;
        this.#room.on(RoomEvent.Timeline, heard);
        client.on(MatrixEventEvent.Decrypted, heard);
        look();
        return () => {
            this.#room.off(RoomEvent.Timeline, heard);
            client.off(MatrixEventEvent.Decrypted, heard);
        };
    }

    #look(): OffersChoice | null {
        const found = offersIn(newestFirst(this.#room.getLiveTimeline().getEvents()), this.#session.userId);
        const before = this.#choice.value;
        const same = before && found && before.at === found.at && before.chosen === found.chosen;
        return same ? before : found;
    }
}

/** Whether it may change the choice: most of what is said in most chats does not, and the history may be long. */
function matters(event: MatrixEvent): boolean {
    return event.getContent()[OFFERS] !== undefined || event.isRedaction();
}

function* newestFirst(events: readonly MatrixEvent[]): Iterable<Heard> {
    for (let at = events.length - 1; at >= 0; at--) {
        const event = events[at];
        if (event === undefined) continue;
        const told: unknown = event.getContent()[OFFERS];
        yield { id: event.getId() ?? "", sender: event.getSender() ?? "", encrypted: event.isEncrypted(), told };
    }
}
