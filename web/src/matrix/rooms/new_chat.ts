/* A chat with one person: the room of two that is there already, or a new one. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { EventType, Preset } from "matrix-js-sdk/lib/matrix";
import type { Session } from "../session/session.ts";
import { initialTimer } from "../timeline/timers.ts";
import { rememberDirect } from "./direct.ts";
import { directChats } from "./direct_rooms.ts";
import { findByHandle, type Person } from "./finding.ts";
import { ENCRYPTED_STATE } from "./room_names.ts";

export class NobodyFound extends Error {
    override name = "NobodyFound";
}

/** Return whoever has a handle; throws `NobodyFound`. */
export async function personCalled(session: Session, handle: string): Promise<Person> {
    const found = await findByHandle(session, handle);
    if (found === null) throw new NobodyFound("Nobody has this handle.");
    return found;
}

/** Return the room of a chat that one has with somebody; undefined where there is none. */
export function chatWith({ client }: Session, userId: string): string | undefined {
    const rooms = directChats(client)[userId] ?? [];
    return rooms.find((roomId) => client.getRoom(roomId)?.getMyMembership() === KnownMembership.Join);
}

/** Begin a chat with somebody, who hears of it from here on; messages in it disappear after `maxAgeMs`. */
export async function makeChat(session: Session, userId: string, maxAgeMs: number | null): Promise<string> {
    const { room_id: roomId } = await session.client.createRoom({
        preset: Preset.TrustedPrivateChat,
        invite: [userId],
        is_direct: true,
        initial_state: [
            { type: EventType.RoomEncryption, state_key: "", content: ENCRYPTED_STATE },
            ...initialTimer(maxAgeMs),
        ],
    });
    await rememberDirect(session, userId, roomId);
    return roomId;
}
