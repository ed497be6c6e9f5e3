/* Encrypting and sending one event, in one step that may be repeated: the server knows it by its transaction id. */

import type { CryptoBackend } from "matrix-js-sdk/lib/common-crypto/CryptoBackend";
import { EventType, type IContent, MatrixEvent, Method } from "matrix-js-sdk/lib/matrix";
import type { Session } from "../session/session.ts";
import { RETENTION } from "../timeline/timers.ts";
import { TooBig } from "./send_problems.ts";

/** What somebody wants said or done in a chat: `content` is clear, and leaves this device only encrypted. */
export type Draft = {
    type: string;
    content: IContent;
    /** The files that it shows, in clear beside the ciphertext, so that deleting it deletes them. */
    media?: readonly string[];
    /** Who makes it ready each time before it is sent, by uploading its file say: see `Outbox.prepareWith`. */
    prepare?: string;
    /** Where the server refuses it, it is given up without a word: a reaction to what is gone. */
    light?: boolean;
};

/** A draft under way: where to, and the id by which the server knows it when it comes again. */
export type Sending = { roomId: string; draft: Draft; transactionId: string };

/** An event may have 65,536 bytes; base64 makes four bytes of three, and the rest is the envelope. */
const MAX_CLEAR_BYTES = 45_000;
/** A request that hangs for so long is tried again: the server will know it. */
const PATIENCE_MS = 30_000;

/** Ask the guards, encrypt for everybody in the room and send; return the event's id.
 * Only `m.relates_to` and `media` leave in clear. */
export async function send(session: Session, { roomId, draft, transactionId }: Sending): Promise<string> {
    const { type, content } = await seal(session, { roomId, draft, transactionId });
    const [room, kind, id] = [roomId, type, transactionId].map(encodeURIComponent);
    const { event_id: eventId } = await session.client.http.authedRequest<{ event_id: string }>(
        Method.Put,
        `/rooms/${room}/send/${kind}/${id}`,
        undefined,
        content,
        { localTimeoutMs: PATIENCE_MS },
    );
    return eventId;
}

/** Return what leaves this device. */
async function seal(session: Session, { roomId, draft, transactionId }: Sending) {
    // The server itself carries out a deletion: it says which event, and nothing else.
    if (draft.type === EventType.RoomRedaction) return { type: draft.type, content: draft.content };
    const room = session.client.getRoom(roomId);
    if (room === null) throw new Error("This chat is not known here yet.");
    if (new TextEncoder().encode(JSON.stringify(draft.content)).length > MAX_CLEAR_BYTES) throw new TooBig();
    for (const guard of session.guards) await guard(roomId);
    const maxAgeMs = session.disappearing.inForce(room);
    const event = new MatrixEvent({
        type: draft.type,
        // The crypto takes things out of what it is given, and a draft may have to be sent again.
        content: {
            ...structuredClone(draft.content),
            // Whoever reads it can see that the server did not tell them another timer.
            ...(maxAgeMs === null ? {} : { [RETENTION]: { max_age_ms: maxAgeMs } }),
        },
        room_id: roomId,
        sender: session.userId,
        event_id: `~${transactionId}`,
    });
    // js-sdk's own way of sending leaves reactions in clear and keeps no queue across a reload.
    if (!(await session.crypto.isEncryptionEnabledInRoom(roomId))) return { type: draft.type, content: draft.content };
    await (session.crypto as unknown as CryptoBackend).encryptEvent(event, room);
    const media = draft.media === undefined || draft.media.length === 0 ? {} : { "id.amanat.media": draft.media };
    return { type: EventType.RoomMessageEncrypted, content: { ...event.getWireContent(), ...media } };
}
