/* The chats of a session, newest first: what a list of them needs to know of each. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import {
    ClientEvent,
    EventType,
    MatrixEventEvent,
    NotificationCountType,
    type Room,
    RoomEvent,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../platform/observable.ts";
import { readBody } from "./message.ts";
import type { Session } from "./session.ts";

export type ChatSummary = {
    roomId: string;
    name: string;
    /** The newest message's text, where it can be read; null where there is none. */
    preview: string | null;
    /** When something last happened there, in ms; 0 where that is not known, as of an invitation. */
    at: number;
    unread: number;
    highlights: number;
    invited: boolean;
};

/** Follows every chat that one is in or invited to. */
export class Chats {
    readonly #session: Session;
    readonly #list = new Observable<readonly ChatSummary[]>([]);
    #due = false;

    constructor(session: Session) {
        this.#session = session;
    }

    get list(): Followed<readonly ChatSummary[]> {
        return this.#list;
    }

    /** Keep the list as it is at the server, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const look = () => this.#soon();
        const events = [
            ClientEvent.Room,
            ClientEvent.Sync,
            RoomEvent.Timeline,
            RoomEvent.Name,
            RoomEvent.MyMembership,
            RoomEvent.Receipt,
        ] as const;
        for (const event of events) client.on(event, look);
        client.on(MatrixEventEvent.Decrypted, look);
        const unlock = this.#session.chatLock.hidden.subscribe(look);
        look();
        return () => {
            unlock();
            for (const event of events) client.off(event, look);
            client.off(MatrixEventEvent.Decrypted, look);
        };
    }

    /** A sync brings a hundred changes: the list is made once after them. */
    #soon(): void {
        if (this.#due) return;
        this.#due = true;
        setTimeout(() => {
            this.#due = false;
            this.#list.set(this.#make());
        }, 0);
    }

    #make(): ChatSummary[] {
        const rooms = this.#session.client.getVisibleRooms().filter((room) => this.#shows(room));
        return rooms.map(summaryOf).toSorted((one, other) => other.at - one.at);
    }

    #shows(room: Room): boolean {
        return isShown(room) && !this.#session.chatLock.hides(room.roomId);
    }
}

function isShown(room: Room): boolean {
    const membership = room.getMyMembership();
    return membership === KnownMembership.Join || membership === KnownMembership.Invite;
}

function summaryOf(room: Room): ChatSummary {
    return {
        roomId: room.roomId,
        name: room.name,
        preview: previewOf(room),
        at: Math.max(0, room.getLastActiveTimestamp()),
        unread: room.getUnreadNotificationCount(NotificationCountType.Total),
        highlights: room.getUnreadNotificationCount(NotificationCountType.Highlight),
        invited: room.getMyMembership() === KnownMembership.Invite,
    };
}

function previewOf(room: Room): string | null {
    const newest = room
        .getLiveTimeline()
        .getEvents()
        .findLast((event) => event.getType() === EventType.RoomMessage);
    if (newest === undefined) return null;
    const body = readBody(newest.getContent());
    return body.kind === "text" ? body.text : null;
}
