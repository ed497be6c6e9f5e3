/* What a message said before it was edited; asked for when somebody wants to know. */

import { EventType, RelationType } from "matrix-js-sdk/lib/matrix";
import type { Session } from "../session/session.ts";
import { type Body, readBody } from "./message.ts";

export type Version = { id: string; at: number; body: Body };

/** Return the versions of a message, oldest first. Rejects without a connection. */
export async function versionsOf(session: Session, roomId: string, eventId: string): Promise<Version[]> {
    const { originalEvent, events } = await session.client.relations(
        roomId,
        eventId,
        RelationType.Replace,
        EventType.RoomMessage,
    );
    const first = originalEvent === null || originalEvent === undefined ? [] : [originalEvent];
    return [...first, ...events.toSorted((one, other) => one.getTs() - other.getTs())]
        .filter((event) => !event.isRedacted() && !event.isDecryptionFailure())
        .map((event) => {
            const content = event.getOriginalContent();
            return { id: event.getId() ?? "", at: event.getTs(), body: readBody(content["m.new_content"] ?? content) };
        });
}
