/* The end of a chat of two, for one of them; and waiting until a sync has told that one is out of a room. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";
import type { Session } from "../session/session.ts";
import { forgetDirect } from "./direct.ts";

/** Leave a chat of two and let go of what was said in it, on all of one's devices. The other keeps theirs. */
export async function deleteChat(session: Session, roomId: string): Promise<void> {
    const { client } = session;
    const room = client.getRoom(roomId);
    await client.leave(roomId);
    // What is forgotten is told of no more, and this device has to let go of its index first.
    if (room !== null) await became(room, (membership) => membership !== KnownMembership.Join);
    await client.forget(roomId);
    await forgetDirect(session, roomId);
}

/** Resolve when one's own standing in a room is as it should be. */
export function became(room: Room, is: (membership: string) => boolean): Promise<void> {
    return new Promise((resolve) => {
        const look = () => {
            if (!is(room.getMyMembership())) return;
            room.off(RoomEvent.MyMembership, look);
            resolve();
        };
        room.on(RoomEvent.MyMembership, look);
        look();
    });
}
