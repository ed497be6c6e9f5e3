/* Saying of a room that it is a chat with one person, or is so no more. */

import { EventType } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";
import { directChats } from "./direct_rooms.ts";

/** Write down that a room is a chat with one person. */
export async function rememberDirect({ client }: Session, userId: string, roomId: string): Promise<void> {
    const before = directChats(client);
    const rooms = before[userId] ?? [];
    if (rooms.includes(roomId)) return;
    await client.setAccountData(EventType.Direct, { ...before, [userId]: [...rooms, roomId] });
}

/** A room is a chat with nobody any more. */
export async function forgetDirect({ client }: Session, roomId: string): Promise<void> {
    const before = Object.entries(directChats(client));
    const after = before.map(([userId, rooms]) => [userId, rooms.filter((each) => each !== roomId)] as const);
    const kept = after.filter(([, rooms]) => rooms.length > 0);
    await client.setAccountData(EventType.Direct, Object.fromEntries(kept.map(([userId, rooms]) => [userId, rooms])));
}
