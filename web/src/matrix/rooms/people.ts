/* How people are called in a chat. */

import type { Room, RoomMember } from "matrix-js-sdk/lib/matrix";

/** Return somebody's name as they wrote it. Bots often have none: the first part of their id then stands for it. */
export function nameOf(room: Room, userId: string): string {
    return nameOfMember(room.getMember(userId), userId);
}

export function nameOfMember(member: RoomMember | null, userId: string): string {
    const name = member?.rawDisplayName;
    return name === undefined || name === userId ? (userId.slice(1).split(":")[0] ?? "") : name;
}
