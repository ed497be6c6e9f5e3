/* The messages of one chat, oldest first: those that lie here, and older ones as they are asked for. */

import { EventType, type MatrixEvent, MatrixEventEvent, type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../platform/observable.ts";
import { type Body, type Message, PLAIN, readBody } from "./message.ts";
import type { Outbox } from "./outbox.ts";
import type { Session } from "./session.ts";

const PAGE = 50;
const MESSAGES: ReadonlySet<string> = new Set([
    EventType.RoomMessage,
    EventType.RoomMessageEncrypted,
    EventType.Sticker,
]);

export class Timeline {
    readonly #session: Session;
    readonly #outbox: Outbox;
    readonly #room: Room;
    readonly #messages = new Observable<readonly Message[]>([]);
    #read: string | undefined;

    constructor(session: Session, outbox: Outbox, room: Room) {
        this.#session = session;
        this.#outbox = outbox;
        this.#room = room;
    }

    get messages(): Followed<readonly Message[]> {
        return this.#messages;
    }

    /** Follow the chat until the returned function is called. */
    follow(): Stop {
        const look = () => this.#messages.set(this.#make());
        const lookAtOwn = (event: MatrixEvent) => {
            if (event.getRoomId() === this.#room.roomId) look();
        };
        this.#room.on(RoomEvent.Timeline, look);
        this.#room.on(RoomEvent.Redaction, look);
        this.#room.on(RoomEvent.Receipt, look);
        this.#session.client.on(MatrixEventEvent.Decrypted, lookAtOwn);
        const unfollowOutbox = this.#outbox.entries(this.#room.roomId).subscribe(look);
        look();
        return () => {
            unfollowOutbox();
            this.#room.off(RoomEvent.Timeline, look);
            this.#room.off(RoomEvent.Redaction, look);
            this.#room.off(RoomEvent.Receipt, look);
            this.#session.client.off(MatrixEventEvent.Decrypted, lookAtOwn);
        };
    }

    /** Bring older messages; false when there are none. */
    async older(): Promise<boolean> {
        return this.#session.client.paginateEventTimeline(this.#room.getLiveTimeline(), {
            backwards: true,
            limit: PAGE,
        });
    }

    /** Tell the others that everything here was read. */
    async markRead(): Promise<void> {
        const newest = this.#room.getLiveTimeline().getEvents().at(-1);
        if (newest === undefined || newest.getId() === this.#read) return;
        this.#read = newest.getId();
        await this.#session.client.sendReadReceipt(newest);
    }

    #make(): Message[] {
        const came = this.#room
            .getLiveTimeline()
            .getEvents()
            .filter(isMessage)
            .map((event) => this.#message(event));
        const keys = new Set(came.map(({ key }) => key));
        return [...came, ...this.#outbox.entries(this.#room.roomId).value.filter(({ key }) => !keys.has(key))];
    }

    #message(event: MatrixEvent): Message {
        const senderId = event.getSender() ?? "";
        const mine = senderId === this.#session.userId;
        const id = event.getId() ?? "";
        return {
            ...PLAIN,
            id,
            key: event.getUnsigned().transaction_id ?? id,
            senderId,
            senderName: event.sender?.name ?? senderId,
            mine,
            at: event.getTs(),
            body: bodyOf(event),
            progress: mine ? this.#progress(id) : null,
            edited: event.replacingEvent() !== null,
        };
    }

    #progress(eventId: string): "sent" | "read" {
        const others = this.#room.getJoinedMembers().filter(({ userId }) => userId !== this.#session.userId);
        return others.some(({ userId }) => this.#room.hasUserReadEvent(userId, eventId)) ? "read" : "sent";
    }
}

function isMessage(event: MatrixEvent): boolean {
    return MESSAGES.has(event.getType());
}

function bodyOf(event: MatrixEvent): Body {
    if (event.isRedacted()) return { kind: "deleted" };
    if (event.isDecryptionFailure() || event.getType() === EventType.RoomMessageEncrypted) {
        return { kind: "unreadable", reason: "waiting-for-key" };
    }
    return readBody(event.getContent(), event.getType());
}
