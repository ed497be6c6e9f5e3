/* A chat that somebody looks at: what is said of it, its messages, and acting in it. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../platform/observable.ts";
import type { Outbox } from "./outbox.ts";
import type { Session } from "./session.ts";
import { Timeline } from "./timeline.ts";

export type AboutChat = { name: string; invited: boolean };

export class OpenChat {
    readonly timeline: Timeline;
    readonly #session: Session;
    readonly #room: Room;
    readonly #about: Observable<AboutChat>;

    /** Throws if the session does not know the room. */
    constructor(session: Session, outbox: Outbox, roomId: string) {
        const room = session.client.getRoom(roomId);
        if (room === null) throw new Error("This chat is not known here yet.");
        this.#session = session;
        this.#room = room;
        this.timeline = new Timeline(session, outbox, room);
        this.#about = new Observable(this.#look());
    }

    get about(): Followed<AboutChat> {
        return this.#about;
    }

    /** Follow the chat until the returned function is called. */
    follow(): Stop {
        const look = () => this.#about.set(this.#look());
        this.#room.on(RoomEvent.Name, look);
        this.#room.on(RoomEvent.MyMembership, look);
        const unfollow = this.timeline.follow();
        return () => {
            unfollow();
            this.#room.off(RoomEvent.Name, look);
            this.#room.off(RoomEvent.MyMembership, look);
        };
    }

    async join(): Promise<void> {
        await this.#session.client.joinRoom(this.#room.roomId);
    }

    async leave(): Promise<void> {
        await this.#session.client.leave(this.#room.roomId);
    }

    #look(): AboutChat {
        return { name: this.#room.name, invited: this.#room.getMyMembership() === KnownMembership.Invite };
    }
}
