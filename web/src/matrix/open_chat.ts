/* A chat that somebody looks at: what is said of it, its messages, and acting in it. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { type Room, RoomEvent, type RoomMember, RoomMemberEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../platform/observable.ts";
import type { Outbox } from "./outbox.ts";
import { nameOf } from "./people.ts";
import { RoomNames } from "./room_names.ts";
import type { Session } from "./session.ts";
import { Timeline } from "./timeline.ts";
import { queuedIn } from "./timeline_queue.ts";

export type AboutChat = {
    name: string;
    invited: boolean;
    /** More than two are in it. */
    group: boolean;
    /** The names of those who are writing. */
    typing: readonly string[];
};

export class OpenChat {
    readonly timeline: Timeline;
    readonly #session: Session;
    readonly #outbox: Outbox;
    readonly #room: Room;
    readonly #about: Observable<AboutChat>;

    /** Throws if the session does not know the room. */
    constructor(session: Session, outbox: Outbox, roomId: string) {
        const room = session.client.getRoom(roomId);
        if (room === null) throw new Error("This chat is not known here yet.");
        this.#session = session;
        this.#outbox = outbox;
        this.#room = room;
        this.timeline = new Timeline({
            session,
            room,
            queued: queuedIn(outbox, roomId, null),
            pending: outbox.pending(roomId),
        });
        this.#about = new Observable(this.#look());
    }

    get about(): Followed<AboutChat> {
        return this.#about;
    }

    /** Follow the chat until the returned function is called. */
    follow(): Stop {
        const look = () => this.#about.set(this.#look());
        const lookAtTyping = (_event: unknown, { roomId }: RoomMember) => roomId === this.#room.roomId && look();
        this.#room.on(RoomEvent.Name, look);
        this.#room.on(RoomEvent.MyMembership, look);
        this.#session.client.on(RoomMemberEvent.Typing, lookAtTyping);
        return () => {
            this.#room.off(RoomEvent.Name, look);
            this.#room.off(RoomEvent.MyMembership, look);
            this.#session.client.off(RoomMemberEvent.Typing, lookAtTyping);
        };
    }

    /** Return the messages of a branch, by the message that it branches off. */
    branch(eventId: string): Timeline {
        const room = this.#room;
        const thread = room.getThread(eventId) ?? room.createThread(eventId, room.findEventById(eventId), [], true);
        return new Timeline({
            session: this.#session,
            room,
            thread,
            queued: queuedIn(this.#outbox, room.roomId, eventId),
            pending: this.#outbox.pending(room.roomId),
        });
    }

    async join(): Promise<void> {
        await this.#session.client.joinRoom(this.#room.roomId);
    }

    async leave(): Promise<void> {
        await this.#session.client.leave(this.#room.roomId);
    }

    #look(): AboutChat {
        const others = this.#room.getMembers().filter(({ userId }) => userId !== this.#session.userId);
        return {
            name: RoomNames.of(this.#room),
            invited: this.#room.getMyMembership() === KnownMembership.Invite,
            group: this.#room.getInvitedAndJoinedMemberCount() > 2,
            typing: others.filter(({ typing }) => typing).map(({ userId }) => nameOf(this.#room, userId)),
        };
    }
}
