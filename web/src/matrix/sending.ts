/* Encrypting and sending one event, in one step that may be repeated: the server knows it by its transaction id. */

import type { CryptoBackend } from "matrix-js-sdk/lib/common-crypto/CryptoBackend";
import { EventType, type IContent, MatrixEvent, Method } from "matrix-js-sdk/lib/matrix";

import type { Session } from "./session.ts";

/** What is sent: `content` is clear, and leaves this device only encrypted. */
export type Draft = {
    roomId: string;
    type: string;
    content: IContent;
    transactionId: string;
    /** The addresses of uploaded files that it shows: the server deletes them with it. */
    media?: readonly string[];
};

/** Ask the guards, encrypt for everybody in the room and send; return the event's id. Only `m.relates_to` and `media`
 * leave in clear. */
export async function send(session: Session, draft: Draft): Promise<string> {
    const { roomId, type, content, transactionId, media = [] } = draft;
    const room = session.client.getRoom(roomId);
    if (room === null) throw new Error("This chat is not known here yet.");
    for (const guard of session.guards) await guard(roomId);
    const event = new MatrixEvent({
        type,
        content,
        room_id: roomId,
        sender: session.userId,
        event_id: `~${transactionId}`,
    });
    const encrypted = await session.crypto.isEncryptionEnabledInRoom(roomId);
    // js-sdk's own way of sending leaves reactions in clear and keeps no queue across a reload.
    if (encrypted) await (session.crypto as unknown as CryptoBackend).encryptEvent(event, room);
    const sentType = encrypted ? EventType.RoomMessageEncrypted : type;
    const path = `/rooms/${encodeURIComponent(roomId)}/send/${encodeURIComponent(sentType)}/${encodeURIComponent(transactionId)}`;
    const { event_id: eventId } = await session.client.http.authedRequest<{ event_id: string }>(
        Method.Put,
        path,
        undefined,
        media.length === 0 ? event.getWireContent() : { ...event.getWireContent(), "id.amanat.media": media },
    );
    return eventId;
}
