/* The communities one is in: rooms that hold others together (spaces), and which those are. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import {
    ClientEvent,
    EventType,
    type MatrixEvent,
    type Room,
    RoomEvent,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import { type Picture, pictureOfGroup } from "./pictures.ts";
import { RoomNames } from "./room_names.ts";

export type Community = {
    roomId: string;
    name: string;
    picture: Picture | null;
    /** What belongs to it, in its order; one need not be in all of them. */
    rooms: readonly string[];
};

/** State of a community that changes what is shown of it. */
const SHOWN_STATE: ReadonlySet<string> = new Set([EventType.SpaceChild, EventType.RoomAvatar, EventType.RoomName]);

/** One of those that belong to a community, as `m.space.child` says it. */
export type Child = { roomId: string; order: string | null; at: number };

export class Communities {
    readonly #session: Session;
    readonly #list = new Observable<readonly Community[]>([]);
    #timer: ReturnType<typeof setTimeout> | null = null;

    constructor(session: Session) {
        this.#session = session;
    }

    get list(): Followed<readonly Community[]> {
        return this.#list;
    }

    /** Keep the list as it is at the server, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const room = (room: Room) => room.isSpaceRoom() && this.#soon();
        const state = (event: MatrixEvent) => SHOWN_STATE.has(event.getType()) && this.#soon();
        for (const each of [ClientEvent.Room, RoomEvent.MyMembership] as const) client.on(each, room);
        client.on(RoomStateEvent.Events, state);
        this.#soon();
        return () => {
            for (const each of [ClientEvent.Room, RoomEvent.MyMembership] as const) client.off(each, room);
            client.off(RoomStateEvent.Events, state);
            if (this.#timer !== null) clearTimeout(this.#timer);
        };
    }

    /** A sync brings many changes: the list is made once after them. */
    #soon(): void {
        this.#timer ??= setTimeout(() => {
            this.#timer = null;
            const rooms = this.#session.client.getVisibleRooms();
            const joined = rooms.filter(
                (room) => room.isSpaceRoom() && room.getMyMembership() === KnownMembership.Join,
            );
            const communities = joined.map(communityOf);
            this.#list.set(communities.toSorted((one, other) => one.name.localeCompare(other.name)));
        }, 0);
    }
}

function communityOf(room: Room): Community {
    const children = room.currentState.getStateEvents(EventType.SpaceChild).flatMap((event): Child[] => {
        const { via, order } = event.getContent();
        // Without a way to it, it has been taken out. spec: client-server-api#mspacechild
        if (!Array.isArray(via)) return [];
        return [
            { roomId: event.getStateKey() ?? "", order: typeof order === "string" ? order : null, at: event.getTs() },
        ];
    });
    return {
        roomId: room.roomId,
        name: RoomNames.of(room),
        picture: pictureOfGroup(room),
        rooms: children.toSorted(compareChildren).map(({ roomId }) => roomId),
    };
}

/** Those with a place come first, then the oldest. spec: client-server-api#ordering-of-children-within-a-space */
export function compareChildren(one: Child, other: Child): number {
    if (one.order !== other.order) {
        if (one.order === null || other.order === null) return one.order === null ? 1 : -1;
        return one.order < other.order ? -1 : 1;
    }
    return one.at - other.at || (one.roomId < other.roomId ? -1 : 1);
}
