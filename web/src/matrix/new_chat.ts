/* Beginning a chat: finding a person by their handle, and making a room for two. */

import { EventType, Preset } from "matrix-js-sdk/lib/matrix";

import type { Session } from "./session.ts";

export class NobodyFound extends Error {
    override name = "NobodyFound";
}

/** Return the room of a chat with whoever has a handle; the one that is there already, or a new one. */
export async function startChat(session: Session, handle: string): Promise<string> {
    const term = handle.trim().replace(/^@/, "");
    const { results } = await session.client.searchUserDirectory({ term, limit: 2 });
    const found = results[0];
    if (found === undefined || found.user_id === session.userId) throw new NobodyFound("Nobody has this handle.");
    return chatWith(session, found.user_id) ?? (await makeChat(session, found.user_id));
}

function direct(session: Session): Record<string, string[]> {
    return (
        (session.client.getAccountData(EventType.Direct)?.getContent() as Record<string, string[]> | undefined) ?? {}
    );
}

function chatWith(session: Session, userId: string): string | undefined {
    const rooms = direct(session)[userId] ?? [];
    return rooms.find((roomId) => session.client.getRoom(roomId)?.getMyMembership() === "join");
}

async function makeChat(session: Session, userId: string): Promise<string> {
    const { room_id: roomId } = await session.client.createRoom({
        preset: Preset.TrustedPrivateChat,
        invite: [userId],
        is_direct: true,
    });
    const before = direct(session);
    await session.client.setAccountData(EventType.Direct, { ...before, [userId]: [...(before[userId] ?? []), roomId] });
    return roomId;
}
