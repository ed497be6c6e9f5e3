/* When a service in a chat changed hosts, told between the messages: no event says so, this device has seen it. */

import type { Room } from "matrix-js-sdk/lib/matrix";

import type { HostChange } from "../label/service_record.ts";
import { nameOf } from "../rooms/people.ts";
import { type Message, PLAIN } from "./message.ts";

/** A look at larger chats would take longer, and services answer in small ones. */
const FEW = 10;

type Sight = { whole: boolean; atEnd: boolean };

export class HostNotices {
    readonly #room: Room;
    readonly #changesOf: (userId: string) => readonly HostChange[];
    readonly #made = new Map<string, Message>();

    constructor(room: Room, changesOf: (userId: string) => readonly HostChange[]) {
        this.#room = room;
        this.#changesOf = changesOf;
    }

    /** Return messages with the notices that belong between them. */
    among(messages: readonly Message[], sight: Sight): readonly Message[] {
        const notices = this.#notices();
        return notices.length === 0 ? messages : withNotices(messages, notices, sight);
    }

    #notices(): Message[] {
        if (this.#room.getInvitedAndJoinedMemberCount() > FEW) return [];
        return this.#room
            .getMembers()
            .flatMap(({ userId }) => this.#changesOf(userId).map((each) => this.#make(userId, each)));
    }

    #make(userId: string, { at, seq, hosts }: HostChange): Message {
        const key = `run ${userId} ${seq} ${at}`;
        const before = this.#made.get(key);
        const name = nameOf(this.#room, userId);
        if (before?.senderName === name) return before;
        const notice = { kind: "rerun", by: { name, me: false }, hosts } as const;
        const who = { senderId: userId, senderName: name, mine: false, progress: null };
        const made: Message = { ...PLAIN, ...who, id: key, key, at, body: { kind: "notice", notice } };
        this.#made.set(key, made);
        return made;
    }
}

/** Put each notice before the first message after it; what lies outside of what is in sight stays out. */
export function withNotices(
    messages: readonly Message[],
    notices: readonly Message[],
    { whole, atEnd }: Sight,
): Message[] {
    const begins = whole ? Number.NEGATIVE_INFINITY : (messages[0]?.at ?? Number.POSITIVE_INFINITY);
    const ends = atEnd ? Number.POSITIVE_INFINITY : (messages.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
    const shown = notices.filter(({ at }) => at >= begins && at < ends).toSorted((one, other) => one.at - other.at);
    const all: Message[] = [];
    for (const message of messages) {
        while (shown[0] !== undefined && shown[0].at < message.at) all.push(...shown.splice(0, 1));
        all.push(message);
    }
    return [...all, ...shown];
}
