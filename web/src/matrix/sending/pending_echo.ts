/* What was done to messages and has not come back from the server yet, shown as if it had: edits, reactions,
 * deletions. Pure. */

import { EventType, RelationType } from "matrix-js-sdk/lib/matrix";
import { type Message, type Reaction, readBody } from "../timeline/message.ts";
import { REACTION_KEY } from "../timeline/reactions.ts";
import type { Queued } from "./chat_queue.ts";

const SAID: ReadonlySet<string> = new Set([EventType.RoomMessage, EventType.Sticker]);

/** Return messages with what is under way in their chat done to them; those that nothing is done to stay the same.
 * `me` is one's own name. */
export function withPending(messages: readonly Message[], pending: readonly Queued[], me: string): readonly Message[] {
    const acts = pending.filter(({ state }) => state !== "failed").flatMap((entry) => actOf(entry, me));
    if (acts.length === 0) return messages;
    return messages.map((message) => acts.reduce((changed, act) => act(changed), message));
}

/** Say whether a draft is a message itself, and not something done to one. */
export function isMessage({ draft: { type, content } }: Pick<Queued, "draft">): boolean {
    return SAID.has(type) && content["m.relates_to"]?.rel_type !== RelationType.Replace;
}

type Act = (message: Message) => Message;

function actOf(entry: Queued, me: string): Act[] {
    const { type, content } = entry.draft;
    const target = content["m.relates_to"]?.event_id;
    if (type === EventType.RoomRedaction) return [(message) => withDeletion(message, String(content.redacts), me)];
    if (type === EventType.Reaction)
        return [(message) => (message.id === target ? withReaction(message, entry, me) : message)];
    if (type !== EventType.RoomMessage || isMessage(entry)) return [];
    return [(message) => (message.id === target ? withEdit(message, entry) : message)];
}

function withEdit(message: Message, { draft, state }: Queued): Message {
    const progress = state === "waiting" || state === "sending" ? state : message.progress;
    return { ...message, body: readBody(draft.content["m.new_content"] ?? {}), edited: true, progress };
}

function withReaction(message: Message, { draft, key: entryKey, eventId }: Queued, me: string): Message {
    const key = String(draft.content[REACTION_KEY]);
    const mine: Reaction = { key, names: [me], mineId: eventId ?? entryKey };
    const before = message.reactions.find((reaction) => reaction.key === key);
    if (before === undefined) return { ...message, reactions: [...message.reactions, mine] };
    if (before.mineId !== null) return message;
    const joined = { ...mine, names: [...before.names, me] };
    return { ...message, reactions: message.reactions.map((each) => (each === before ? joined : each)) };
}

function withDeletion(message: Message, deleted: string, me: string): Message {
    if (message.id === deleted) return { ...message, body: { kind: "deleted" }, reactions: [], reply: null };
    const taken = message.reactions.find(({ mineId }) => mineId === deleted);
    if (taken === undefined) return message;
    const left = { ...taken, mineId: null, names: taken.names.toSpliced(taken.names.indexOf(me), 1) };
    const reactions = message.reactions.map((each) => (each === taken ? left : each));
    return { ...message, reactions: reactions.filter(({ names }) => names.length > 0) };
}
