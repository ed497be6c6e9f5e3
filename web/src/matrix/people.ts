/* How people are called in a chat. */

import type { Room } from "matrix-js-sdk/lib/matrix";

/** Return somebody's name as they wrote it; empty where it is not known. An id is never shown as a name. */
export function nameOf(room: Room, userId: string): string {
    const name = room.getMember(userId)?.rawDisplayName;
    return name === undefined || name === userId ? "" : name;
}

/** Return the `mxc:` address of somebody's picture. */
export function pictureOf(room: Room, userId: string): string | null {
    return room.getMember(userId)?.getMxcAvatarUrl() ?? null;
}
