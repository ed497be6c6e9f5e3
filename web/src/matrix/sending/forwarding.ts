/* Passing a message on: how often it was travels inside the ciphertext, and what went through many hands goes on
 * slowly. */

import { EventType, type IContent, type MatrixEvent, MsgType } from "matrix-js-sdk/lib/matrix";

import type { ChatSummary, Chats } from "../list/chats.ts";
import type { Session } from "../session/session.ts";
import type { Outbox } from "./outbox.ts";
import type { Draft } from "./sending.ts";

/** Where the depth of a forward stands in its content. */
export const FORWARDED = "id.amanat.forwarded";
/** From here on the app says that it was passed on many times, and lets it go to one chat at a time. */
export const MANY_TIMES = 5;
const CHATS_AT_ONCE = 5;

/** Passes a file on: the copy has a key and an address of its own, so that deleting one leaves the other. */
export type ForwardMedia = (content: IContent, to: { roomId: string; depth: number }) => Promise<void>;

/** A chat that something can be passed on to. */
export type Target = Pick<ChatSummary, "roomId" | "name" | "picture">;

/** Return how often a message was passed on before it came here. */
export function depthOf(content: IContent): number {
    const depth: unknown = content[FORWARDED]?.depth;
    return Number.isSafeInteger(depth) && (depth as number) > 0 ? (depth as number) : 0;
}

/** Return to how many chats a message that was passed on so often may go at once. */
export function chatsAtOnce(depth: number): number {
    return depth >= MANY_TIMES ? 1 : CHATS_AT_ONCE;
}

/** Return a text to be passed on: what it answered and whom it spoke to stays behind. */
export function forwardedText({ msgtype, body, format, formatted_body }: IContent, depth: number): Draft {
    const formatted = format === undefined ? {} : { format, formatted_body };
    const content = { msgtype: msgtype ?? MsgType.Text, body, ...formatted, "m.mentions": {}, [FORWARDED]: { depth } };
    return { type: EventType.RoomMessage, content };
}

export class Forwarding {
    readonly #session: Session;
    readonly #outbox: Outbox;
    readonly #chats: Chats;
    /** Set by whoever knows files; without it only text can be passed on. */
    forwardMedia: ForwardMedia | null = null;

    constructor(session: Session, outbox: Outbox, chats: Chats) {
        this.#session = session;
        this.#outbox = outbox;
        this.#chats = chats;
    }

    /** The chats that something can be passed on to, the newest first. */
    targets(): readonly Target[] {
        return this.#chats.list.value.filter(({ invited }) => !invited);
    }

    /** Say whether something can be passed on, and to how many chats at once; 0 if it cannot. */
    limit(roomId: string, eventId: string): number {
        const content = this.#contentOf(roomId, eventId);
        if (content === null || (!isText(content) && this.forwardMedia === null)) return 0;
        return chatsAtOnce(depthOf(content));
    }

    /** Pass a message on to some chats; throws if they are more than it may go to. */
    async forward(roomId: string, eventId: string, to: readonly string[]): Promise<void> {
        if (to.length > this.limit(roomId, eventId)) throw new Error("Too many chats at once.");
        const content = this.#contentOf(roomId, eventId) ?? {};
        const depth = depthOf(content) + 1;
        for (const target of to) {
            if (isText(content)) await this.#outbox.add(target, forwardedText(content, depth));
            else await this.forwardMedia?.(content, { roomId: target, depth });
        }
    }

    #contentOf(roomId: string, eventId: string): IContent | null {
        const event = this.#session.client.getRoom(roomId)?.findEventById(eventId);
        const gone = event === undefined || this.#session.disappearing.isGone(event);
        return gone || !isPassedOn(event) ? null : event.getContent();
    }
}

function isPassedOn(event: MatrixEvent): boolean {
    const type = event.getType();
    return (type === EventType.RoomMessage || type === EventType.Sticker) && !event.isRedacted();
}

function isText({ msgtype }: IContent): boolean {
    return msgtype === "m.text" || msgtype === "m.notice" || msgtype === "m.emote";
}
