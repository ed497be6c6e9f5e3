/* What a notification says of a message that no window has: read from the message, from what the server says of its place,
 * and from the list of the last time. Pure. A window decides by the push rules; the server has gone through those already,
 * and what it cannot see is asked here. */

import type { IContent } from "matrix-js-sdk/lib/matrix";
import { readBody } from "../timeline/message.ts";
import { lifetimeOf, maxAgeOf, RETENTION } from "../timeline/timers.ts";
import { type Arrival, inALine } from "./arrival.ts";
import type { KnownChat } from "./known_chat.ts";

/** An event as the server sends it. */
export type RawEvent = {
    type: string;
    sender: string;
    origin_server_ts: number;
    content: IContent;
    state_key?: string;
    unsigned?: { age?: number };
};

/** A message, opened, and the state that it was sent under. */
export type Opened = { event: RawEvent; clear: Pick<RawEvent, "type" | "content">; state: readonly RawEvent[] };

/** What is asked for beside the message: its sender, and the timer that it was sent under. */
export const WANTED_STATE: readonly string[] = ["m.room.member", RETENTION];

type Heard = Extract<Arrival, { kind: "message" }>;

const MESSAGES: readonly string[] = ["m.room.message", "m.sticker", "m.poll.start", "org.matrix.msc3381.poll.start"];
/** They change other messages. */
const ABOUT_OTHERS: readonly unknown[] = ["m.replace", "m.annotation"];

/** Return what is to be heard of a message; null where nothing is: it is about another one, or it has disappeared. */
export function heardOf(
    { event, clear, state }: Opened,
    { chat, eventId, ownId, now }: { chat: KnownChat; eventId: string; ownId: string; now: number },
): Heard | null {
    const { type, content } = clear;
    const relation: unknown = content["m.relates_to"]?.rel_type;
    const isMessage = MESSAGES.includes(type) && !ABOUT_OTHERS.includes(relation) && content.msgtype !== "m.notice";
    if (!isMessage || event.sender === ownId || isGone(event, content, state, now)) return null;
    const group = chat.kind === "group";
    return {
        kind: "message",
        roomId: chat.roomId,
        eventId,
        chat: chat.name,
        sender: group ? nameIn(state, event.sender) : null,
        body: inALine(readBody(content, type)),
        loud: !group || mentions(content, ownId),
    };
}

function isGone(event: RawEvent, content: IContent, state: readonly RawEvent[], now: number): boolean {
    const timer = state.find(({ type, state_key }) => type === RETENTION && state_key === "");
    const lifetime = lifetimeOf(maxAgeOf(timer?.content), maxAgeOf(content[RETENTION]));
    if (lifetime === null) return false;
    // This device's clock may be wrong, and how old it is does not depend on that.
    const age = event.unsigned?.age ?? now - event.origin_server_ts;
    return age >= lifetime.maxAgeMs;
}

/** Who has no name is called by the first part of their id, as everywhere. */
function nameIn(state: readonly RawEvent[], userId: string): string {
    const member = state.find(({ type, state_key }) => type === "m.room.member" && state_key === userId);
    const name: unknown = member?.content.displayname;
    return typeof name === "string" && name.trim() !== "" ? name : (userId.slice(1).split(":")[0] ?? "");
}

function mentions(content: IContent, ownId: string): boolean {
    const { user_ids: userIds, room } = content["m.mentions"] ?? {};
    return room === true || (Array.isArray(userIds) && userIds.includes(ownId));
}
