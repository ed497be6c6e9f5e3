/* Where the pictures of people and chats are. A person's lies open on the server, as whoever finds them may see it; our
 * groups' are encrypted, and which file it is travels as encrypted state (MSC4362). */

import { EventType, type Room } from "matrix-js-sdk/lib/matrix";

import { type MediaSource, readPicture } from "../media/media_body.ts";
import { newestState } from "./room_names.ts";

export type Picture = MediaSource;

/** Return the picture that somebody shows in a room. */
export function pictureOf(room: Room, userId: string): Picture | null {
    return publicPicture(room.getMember(userId)?.getMxcAvatarUrl());
}

/** Return what lies open at an `mxc:` address. */
export function publicPicture(address: unknown): Picture | null {
    return readPicture({ url: address });
}

/** Return the picture of a chat: its own, or that of the other of two. */
export function pictureOfChat(room: Room): Picture | null {
    return pictureOfGroup(room) ?? publicPicture(room.getAvatarFallbackMember()?.getMxcAvatarUrl());
}

export function pictureOfGroup(room: Room): Picture | null {
    const state = newestState(room, EventType.RoomAvatar);
    return state === null ? null : readPicture(state.getContent());
}
