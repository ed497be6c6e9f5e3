/* What comes in that somebody wants to hear of: decided by their push rules once it is decrypted. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { EventType, type MatrixEvent, MatrixEventEvent, type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { Observable, type Stop } from "../../platform/observable.ts";
import { nameOf } from "../rooms/people.ts";
import type { Session } from "../session/session.ts";
import { readBody } from "../timeline/message.ts";
import { type Arrival, inALine } from "./arrival.ts";

/** Events that have been looked at lately; pushes about them may still come. */
const REMEMBERED = 500;

export class Notifications {
    readonly #session: Session;
    readonly #announce: (arrival: Arrival) => void;
    /** They came encrypted, and are being opened. */
    readonly #opening = new Set<string>();
    readonly #settled = new Set<string>();
    readonly #looked = new Observable(0);

    constructor(session: Session, announce: (arrival: Arrival) => void) {
        this.#session = session;
        this.#announce = announce;
    }

    /** Announce what comes from now on, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const came = (event: MatrixEvent, room: Room | undefined, older?: boolean, _gone?: boolean, data?: object) => {
            if (room === undefined || older || !(data as { liveEvent?: boolean } | undefined)?.liveEvent) return;
            this.#take(event, room);
        };
        const opened = (event: MatrixEvent) => {
            const room = client.getRoom(event.getRoomId());
            if (room !== null && this.#opening.delete(event.getId() ?? "")) this.#look(event, room);
        };
        const moved = (room: Room, membership: string) => {
            if (membership === KnownMembership.Invite) this.#announce({ kind: "invitation", roomId: room.roomId });
        };
        client.on(RoomEvent.Timeline, came);
        client.on(MatrixEventEvent.Decrypted, opened);
        client.on(RoomEvent.MyMembership, moved);
        return () => {
            client.off(RoomEvent.Timeline, came);
            client.off(MatrixEventEvent.Decrypted, opened);
            client.off(RoomEvent.MyMembership, moved);
        };
    }

    /** Wait until an event has come and been looked at; false where it does not come in time. */
    settled(eventId: string, patienceMs: number): Promise<boolean> {
        return new Promise((resolve) => {
            const end = (came: boolean) => {
                stop();
                clearTimeout(late);
                resolve(came);
            };
            const look = () => this.#settled.has(eventId) && end(true);
            const stop = this.#looked.subscribe(look);
            const late = setTimeout(() => end(false), patienceMs);
            look();
        });
    }

    /** Whether a message has been read, here or on another device, or has disappeared; an invitation, whether it was answered. */
    isRead(roomId: string, eventId: string | null): boolean {
        const room = this.#session.client.getRoom(roomId);
        if (room === null || eventId === null) return room?.getMyMembership() !== KnownMembership.Invite;
        const event = room.findEventById(eventId);
        const gone = event !== undefined && this.#session.disappearing.isGone(event);
        return gone || room.hasUserReadEvent(this.#session.userId, eventId);
    }

    #take(event: MatrixEvent, room: Room): void {
        if (event.getType() !== EventType.RoomMessageEncrypted) this.#look(event, room);
        else this.#opening.add(event.getId() ?? "");
    }

    #look(event: MatrixEvent, room: Room): void {
        const arrival = this.#arrivalOf(event, room);
        if (arrival !== null) this.#announce(arrival);
        this.#settled.add(event.getId() ?? "");
        for (const oldest of this.#settled) {
            if (this.#settled.size <= REMEMBERED) break;
            this.#settled.delete(oldest);
        }
        this.#looked.set(this.#looked.value + 1);
    }

    #arrivalOf(event: MatrixEvent, room: Room): Arrival | null {
        const { client, userId, disappearing } = this.#session;
        const { roomId } = room;
        if (disappearing.isGone(event)) return null;
        if (event.getSender() === userId || room.hasUserReadEvent(userId, event.getId() ?? "")) return null;
        const actions = client.getPushActionsForEvent(event, true);
        if (!actions?.notify) return null;
        const loud = actions.tweaks.sound !== undefined || actions.tweaks.highlight === true;
        if (this.#session.chatLock.locks(roomId)) return { kind: "locked", roomId, loud };
        const unreadable = event.isDecryptionFailure();
        return {
            kind: "message",
            roomId,
            eventId: event.getId() ?? "",
            chat: room.name,
            sender: room.getJoinedMemberCount() > 2 ? nameOf(room, event.getSender() ?? "") : null,
            body: unreadable ? null : inALine(readBody(event.getContent(), event.getType())),
            loud,
        };
    }
}
