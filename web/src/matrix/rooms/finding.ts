/* Finding people: by their exact handle, or among those whom one already chats with. */

import { EventTimeline } from "matrix-js-sdk/lib/matrix";

import { isDirect } from "../list/chat_summary.ts";
import type { Session } from "../session/session.ts";
import { directChats } from "./direct_rooms.ts";
import { nameOf, nameOfMember } from "./people.ts";
import { RoomNames } from "./room_names.ts";

export type Person = { userId: string; name: string };

const HANDLE_FIELD = "id.amanat.handle";

/** Return whoever has exactly a handle; null where nobody has. */
export async function findByHandle(session: Session, handle: string): Promise<Person | null> {
    const exact = handle.trim().replace(/^@/, "").toLocaleLowerCase();
    if (exact === "") return null;
    // With the sign before it nobody is found by a name that happens to contain it.
    const { results } = await session.client.searchUserDirectory({ term: `@${exact}`, limit: 1 });
    const found = results[0];
    if (found === undefined || found.user_id === session.userId) return null;
    return { userId: found.user_id, name: found.display_name ?? exact };
}

/** Return one's own handle; null where one has none. */
export async function ownHandle(session: Session): Promise<string | null> {
    const handle: unknown = await session.client.getExtendedProfileProperty(session.userId, HANDLE_FIELD);
    return typeof handle === "string" ? handle : null;
}

/** Return who one chats with; null in a group. */
export function personIn(session: Session, roomId: string): Person | null {
    const room = session.client.getRoom(roomId);
    if (room === null || !isDirect(session, room)) return null;
    const userId = room.guessDMUserId();
    return userId === session.userId ? null : { userId, name: nameOf(room, userId) };
}

/** Return the people one has a chat of two with, by name. */
export function contacts({ client, userId: own }: Session): Person[] {
    const people = new Map<string, Person>();
    for (const [userId, rooms] of Object.entries(directChats(client))) {
        const room = rooms.map((roomId) => client.getRoom(roomId)).find((each) => each?.getMyMembership() === "join");
        const member = room?.getLiveTimeline().getState(EventTimeline.FORWARDS)?.getMember(userId);
        if (room && userId !== own)
            people.set(userId, { userId, name: member ? nameOfMember(member, userId) : RoomNames.of(room) });
    }
    return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}
