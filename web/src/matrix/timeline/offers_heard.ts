/* How a chat's messages say whether a person wants offers there, as they come. */

import { type MatrixEvent, MatrixEventEvent, type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import { OFFERS, type OffersChoice, offersIn } from "./offers.ts";

export class OffersHeard {
    readonly #session: Session;
    readonly #room: Room;
    readonly #choice: Observable<OffersChoice | null>;

    constructor(session: Session, room: Room) {
        this.#session = session;
        this.#room = room;
        this.#choice = new Observable(this.#look());
    }

    get choice(): Followed<OffersChoice | null> {
        return this.#choice;
    }

    /** Follow it until the returned function is called. */
    follow(): Stop {
        const look = () => this.#choice.set(this.#look());
        const lookHere = (event: MatrixEvent) => event.getRoomId() === this.#room.roomId && look();
        const { client } = this.#session;
        this.#room.on(RoomEvent.Timeline, look);
        client.on(MatrixEventEvent.Decrypted, lookHere);
        look();
        return () => {
            this.#room.off(RoomEvent.Timeline, look);
            client.off(MatrixEventEvent.Decrypted, lookHere);
        };
    }

    #look(): OffersChoice | null {
        const messages = this.#room.getLiveTimeline().getEvents().map(heard);
        const found = offersIn(messages, this.#session.userId);
        const before = this.#choice?.value;
        const same = before && found && before.at === found.at && before.chosen === found.chosen;
        return same ? before : found;
    }
}

function heard(event: MatrixEvent) {
    const told: unknown = event.getContent()[OFFERS];
    return { id: event.getId() ?? "", sender: event.getSender() ?? "", encrypted: event.isEncrypted(), told };
}
