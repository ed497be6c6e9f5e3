/* A chat that somebody looks at: what is said of it, its messages, and acting in it. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import {
    ClientEvent,
    EventType,
    type MatrixEvent,
    type Room,
    RoomEvent,
    type RoomMember,
    RoomMemberEvent,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { isDirect } from "../list/chat_summary.ts";
import { nameOf } from "../rooms/people.ts";
import { type Picture, pictureOfChat } from "../rooms/pictures.ts";
import { RoomNames } from "../rooms/room_names.ts";
import type { Outbox } from "../sending/outbox.ts";
import type { Session } from "../session/session.ts";
import { OffersHeard } from "./offers_heard.ts";
import { PinnedMessages } from "./pinned_messages.ts";
import { queuedIn } from "./queue.ts";
import { Timeline } from "./timeline.ts";
import { RETENTION } from "./timers.ts";

export type AboutChat = {
    name: string;
    picture: Picture | null;
    /** More than two are in it. */
    group: boolean;
    /** It is a chat with one person, not a group. */
    direct: boolean;
    /** How many ask to join, and oneself may let in. */
    asking: number;
    /** The names of those who are writing. */
    typing: readonly string[];
    /** After what time disappears what is sent now; null: never. */
    maxAgeMs: number | null;
    maySetTimer: boolean;
};

/** State that changes what is said of a chat, beside its name. */
const SHOWN_STATE: ReadonlySet<string> = new Set<string>([
    EventType.RoomMember,
    EventType.RoomAvatar,
    EventType.RoomPowerLevels,
    RETENTION,
]);

export class OpenChat {
    readonly timeline: Timeline;
    readonly pinned: PinnedMessages;
    readonly offers: OffersHeard;
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
        this.pinned = new PinnedMessages(session, room);
        this.offers = new OffersHeard(session, room);
        this.#about = new Observable(this.#look());
    }

    get about(): Followed<AboutChat> {
        return this.#about;
    }

    /** It is a chat with one person. */
    get direct(): boolean {
        return isDirect(this.#session, this.#room);
    }

    /** Follow the chat until the returned function is called. */
    follow(): Stop {
        const look = () => this.#about.set(this.#look());
        const lookAtState = (event: MatrixEvent) => SHOWN_STATE.has(event.getType()) && look();
        const lookAtTyping = (_event: unknown, { roomId }: RoomMember) => roomId === this.#room.roomId && look();
        const lookAtDirect = (event: MatrixEvent) => event.getType() === EventType.Direct && look();
        this.#room.on(RoomEvent.Name, look);
        this.#room.on(RoomStateEvent.Events, lookAtState);
        this.#session.client.on(RoomMemberEvent.Typing, lookAtTyping);
        this.#session.client.on(ClientEvent.AccountData, lookAtDirect);
        return () => {
            this.#room.off(RoomEvent.Name, look);
            this.#room.off(RoomStateEvent.Events, lookAtState);
            this.#session.client.off(RoomMemberEvent.Typing, lookAtTyping);
            this.#session.client.off(ClientEvent.AccountData, lookAtDirect);
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

    /** Let disappear after some time what is sent from now on; null: nothing any more. */
    async setTimer(maxAgeMs: number | null): Promise<void> {
        await this.#session.disappearing.set(this.#room.roomId, maxAgeMs);
    }

    #asking(): number {
        if (!this.#room.canInvite(this.#session.userId)) return 0;
        return this.#room.getMembersWithMembership(KnownMembership.Knock).length;
    }

    #look(): AboutChat {
        const others = this.#room.getMembers().filter(({ userId }) => userId !== this.#session.userId);
        return {
            name: RoomNames.of(this.#room),
            picture: pictureOfChat(this.#room),
            group: this.#room.getInvitedAndJoinedMemberCount() > 2,
            direct: isDirect(this.#session, this.#room),
            asking: this.#asking(),
            typing: others.filter(({ typing }) => typing).map(({ userId }) => nameOf(this.#room, userId)),
            maxAgeMs: this.#session.disappearing.inForce(this.#room),
            maySetTimer: this.#session.disappearing.maySet(this.#room),
        };
    }
}
