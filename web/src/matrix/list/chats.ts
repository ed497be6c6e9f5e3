/* The chats of a session, in the order of a list. A change of one chat makes one new summary: what lies in other
 * chats is not looked at, so that five thousand of them cost no more than the few that something happens in. */

import {
    ClientEvent,
    EventType,
    type MatrixEvent,
    MatrixEventEvent,
    type Room,
    RoomEvent,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { directChats } from "../rooms/direct_rooms.ts";
import type { Strangers } from "../rooms/strangers.ts";
import type { Session } from "../session/session.ts";
import { type ChatSummary, isListed, summaryOf } from "./chat_summary.ts";
import { InOrder } from "./in_order.ts";
import { newestMessage } from "./preview.ts";

export type { ChatKind, ChatSummary } from "./chat_summary.ts";

/** Account data of the whole account on which each summary stands. */
const FOR_ALL: readonly string[] = [EventType.PushRules, EventType.Direct];

/** Between two makings of the list: where much is said, nobody reads along faster, and somebody may be typing. */
const REST_MS = 100;

/** Follows every chat that one is in or invited to. */
export class Chats {
    readonly #session: Session;
    readonly #strangers: Strangers;
    readonly #last: Map<string, ChatSummary>;
    readonly #order = new InOrder<ChatSummary>((chat) => chat.roomId, compareChats);
    readonly #list = new Observable<readonly ChatSummary[]>([]);
    /** The chats to look at again; `all` once every one of them. */
    #due: Set<string> | "all" = new Set();
    #timer: ReturnType<typeof setTimeout> | null = null;
    #madeAt = -REST_MS;

    /** `last` is the list of the last time: of a chat whose newest message is not decrypted yet it knows what it said. */
    constructor(session: Session, strangers: Strangers, last: readonly ChatSummary[]) {
        this.#session = session;
        this.#strangers = strangers;
        this.#last = new Map(last.map((chat) => [chat.roomId, chat]));
    }

    /** Pinned ones first, then the newest. */
    get list(): Followed<readonly ChatSummary[]> {
        return this.#list;
    }

    /** Keep the list as it is at the server, until the returned function is called. */
    follow(): Stop {
        const { client, counts, chatLock, statements } = this.#session;
        const room = (room: Room | undefined) => this.#look(room?.roomId);
        const second = (_first: unknown, room: Room | undefined) => this.#look(room?.roomId);
        const event = (event: MatrixEvent) => this.#look(event.getRoomId());
        const account = (event: MatrixEvent) => FOR_ALL.includes(event.getType()) && this.#lookAtAll();
        const byRoom = [ClientEvent.Room, RoomEvent.Name, RoomEvent.MyMembership] as const;
        const byEventAndRoom = [RoomEvent.Timeline, RoomEvent.Receipt, RoomEvent.Tags, RoomEvent.AccountData] as const;
        const byEvent = [MatrixEventEvent.Decrypted, RoomStateEvent.Events, RoomEvent.Redaction] as const;
        for (const each of byRoom) client.on(each, room);
        for (const each of byEventAndRoom) client.on(each, second);
        for (const each of byEvent) client.on(each, event);
        client.on(ClientEvent.DeleteRoom, this.#forget);
        client.on(ClientEvent.AccountData, account);
        const ends = [
            chatLock.hidden.subscribe(() => this.#lookAtAll()),
            counts.subscribe((roomIds) => roomIds.forEach((roomId) => void this.#look(roomId))),
            // Who states who runs its devices is a service from then on.
            statements.onChange((userId) => directChats(client)[userId]?.forEach((roomId) => void this.#look(roomId))),
            this.#strangers.judged.subscribe(() => this.#strangers.judged.value.forEach((id) => void this.#look(id))),
        ];
        this.#lookAtAll();
        return () => {
            for (const each of byRoom) client.off(each, room);
            for (const each of byEventAndRoom) client.off(each, second);
            for (const each of byEvent) client.off(each, event);
            client.off(ClientEvent.DeleteRoom, this.#forget);
            client.off(ClientEvent.AccountData, account);
            for (const end of ends) end();
            if (this.#timer !== null) clearTimeout(this.#timer);
        };
    }

    /** Decrypt now what was said last in a chat. */
    read(roomId: string): void {
        const { client, decrypting, disappearing } = this.#session;
        const room = client.getRoom(roomId);
        const newest = room && newestMessage(room, (event) => disappearing.isGone(event));
        if (newest?.shouldAttemptDecryption()) void decrypting.now(newest);
    }

    /** Make the list of what is known by now. */
    makeNow(): void {
        if (this.#timer !== null) clearTimeout(this.#timer);
        this.#timer = null;
        const due = this.#due;
        this.#due = new Set();
        if (due === "all") this.#order.reset(this.#all());
        else for (const roomId of due) this.#renew(roomId);
        this.#list.set(this.#order.items);
        this.#madeAt = performance.now();
    }

    #look(roomId: string | undefined): void {
        if (roomId === undefined || this.#due === "all") return;
        this.#due.add(roomId);
        this.#soon();
    }

    #lookAtAll(): void {
        this.#due = "all";
        this.#soon();
    }

    #forget = (roomId: string): void => {
        this.#order.delete(roomId);
        this.#list.set(this.#order.items);
    };

    /** A sync brings a hundred changes: the list is made once after them. */
    #soon(): void {
        const rest = this.#madeAt + REST_MS - performance.now();
        this.#timer ??= setTimeout(() => this.makeNow(), Math.max(0, rest));
    }

    #all(): ChatSummary[] {
        const rooms = this.#session.client.getVisibleRooms().filter((room) => this.#shows(room));
        return rooms.map((room) => this.#summaryOf(room));
    }

    #renew(roomId: string): void {
        const room = this.#session.client.getRoom(roomId);
        if (room === null || !this.#shows(room)) this.#order.delete(roomId);
        else this.#order.put(this.#summaryOf(room));
    }

    #summaryOf(room: Room): ChatSummary {
        const summary = summaryOf(this.#session, room, this.#strangers);
        const last = this.#last.get(room.roomId);
        if (summary.preview !== null || last?.at !== summary.at) this.#last.delete(room.roomId);
        else if (last.previewUntil === null || last.previewUntil > Date.now()) {
            return { ...summary, preview: last.preview, previewUntil: last.previewUntil };
        }
        return summary;
    }

    #shows(room: Room): boolean {
        return isListed(room) && !this.#session.chatLock.hides(room.roomId) && !this.#strangers.wonders(room);
    }
}

function compareChats(one: ChatSummary, other: ChatSummary): number {
    if (one.pin !== other.pin) return (one.pin ?? Number.POSITIVE_INFINITY) - (other.pin ?? Number.POSITIVE_INFINITY);
    return other.at - one.at || (one.roomId < other.roomId ? -1 : 1);
}
