/* Chats and people by name, for whoever chooses among them. What is locked away is not there to choose. */

import type { Session } from "../session/session.ts";

export type Named = { id: string; name: string };

/** Return the chats that one is in and may see now, by name. */
export function shownChats({ client, chatLock }: Session): Named[] {
    return client
        .getVisibleRooms()
        .filter((room) => room.getMyMembership() === "join" && !chatLock.hides(room.roomId))
        .map(({ roomId, name }) => ({ id: roomId, name }))
        .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Return what a chat is called; nothing where it is not known. */
export function chatName({ client }: Session, roomId: string): string {
    return client.getRoom(roomId)?.name ?? "";
}

/** Return the people of a chat, by name. */
export function peopleOf({ client }: Session, roomId: string): Named[] {
    const members = client.getRoom(roomId)?.getJoinedMembers() ?? [];
    return members
        .map(({ userId, name }) => ({ id: userId, name }))
        .toSorted((one, other) => one.name.localeCompare(other.name));
}
