/* What a message says that can be searched for. Pure. */

import { EventType, type IContent, type MatrixEvent, RelationType } from "matrix-js-sdk/lib/matrix";

import { formattedIn, plainWords } from "../timeline/plain_words.ts";
import type { Said } from "./index.ts";

/** Return what is to be found of an event; null for what says nothing in words. An edit speaks for what it edits. */
export function saidIn(event: MatrixEvent): Said | null {
    const [eventId, roomId, senderId] = [event.getId(), event.getRoomId(), event.getSender()];
    const readable = event.getType() === EventType.RoomMessage && !event.isRedacted() && !event.isDecryptionFailure();
    if (!readable || eventId === undefined || roomId === undefined || senderId === undefined) return null;
    const content = event.getOriginalContent();
    const relation = event.getRelation();
    const edits = relation?.rel_type === RelationType.Replace;
    const { body, ...said }: IContent = (edits ? content["m.new_content"] : content) ?? {};
    if (typeof body !== "string" || body.trim() === "") return null;
    const about = edits ? relation.event_id : eventId;
    if (about === undefined) return null;
    return {
        eventId: about,
        roomId,
        senderId,
        at: event.getTs(),
        version: event.getTs(),
        text: plainWords(body, formattedIn(said)),
    };
}
