/* What a list needs to know of one chat, as plain data. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { EventTimeline, EventType, type MatrixEvent, type Room } from "matrix-js-sdk/lib/matrix";
import { type Picture, pictureOfChat } from "../rooms/pictures.ts";
import { RoomNames } from "../rooms/room_names.ts";
import type { Strangers } from "../rooms/strangers.ts";
import type { Session } from "../session/session.ts";
import { ARCHIVED_TAG, isMuted, PINNED_TAG } from "./chat_settings.ts";
import { newestMessage, type Preview, previewOf } from "./preview.ts";

export type ChatKind = "person" | "group" | "service";

export type ChatSummary = {
    roomId: string;
    /** Empty where it has none, and of a stranger's invitation. */
    name: string;
    /** Of a stranger's invitation there is none. */
    picture: Picture | null;
    kind: ChatKind;
    preview: Preview | null;
    /** When the newest message disappears; null where it stays. */
    previewUntil: number | null;
    /** When something last happened there, in ms; 0 where that is not known, as of an invitation. */
    at: number;
    /** How many messages are unread, by the server's count; of a muted chat only those that mention one. */
    unread: number;
    /** How many unread messages, among those that lie here, mention one. */
    highlights: number;
    /** Something is unread, counted or not; or one has marked it so. */
    isUnread: boolean;
    muted: boolean;
    archived: boolean;
    /** Where it stands among what is pinned; null where it is not. */
    pin: number | null;
    invited: boolean;
    /** The invitation comes from somebody unknown: nothing of theirs is shown. */
    stranger: boolean;
};

/** Unread messages among which mentions are looked for. */
const LOOK_BACK = 100;
/** Where a room says its class. */
const CLASS_KEY = "id.amanat.class";

export function isListed(room: Room): boolean {
    const membership = room.getMyMembership();
    // A community one is in has a place of its own.
    if (room.isSpaceRoom()) return membership === KnownMembership.Invite;
    return membership === KnownMembership.Join || membership === KnownMembership.Invite;
}

export function summaryOf(session: Session, room: Room, strangers: Strangers): ChatSummary {
    const invited = room.getMyMembership() === KnownMembership.Invite;
    const stranger = invited && strangers.masks(room);
    const newest = newestMessage(room, (event) => session.disappearing.isGone(event));
    const marked = room.getAccountData(EventType.MarkedUnread)?.getContent().unread === true;
    const unread = invited || allRead(session, room) ? 0 : session.counts.of(room.roomId);
    const muted = isMuted(session, room.roomId);
    const unseen = unread > 0 || (muted && !invited && newest !== undefined && !hasRead(session, room, newest));
    return {
        roomId: room.roomId,
        name: stranger ? "" : RoomNames.of(room),
        picture: stranger ? null : pictureOfChat(room),
        kind: kindOf(session, room),
        ...(invited || newest === undefined ? NO_PREVIEW : previewIn(session, newest)),
        // What disappears does not move its chat down the list.
        at: newestMessage(room)?.getTs() ?? Math.max(0, room.getLastActiveTimestamp()),
        unread,
        highlights: unread > 0 ? mentions(session, room) : 0,
        isUnread: unseen || marked,
        muted,
        archived: ARCHIVED_TAG in room.tags,
        pin: PINNED_TAG in room.tags ? (room.tags[PINNED_TAG]?.order ?? 1) : null,
        invited,
        stranger,
    };
}

const NO_PREVIEW = { preview: null, previewUntil: null };

function previewIn(session: Session, newest: MatrixEvent): Pick<ChatSummary, "preview" | "previewUntil"> {
    // It stands in the line of what is to be decrypted.
    if (newest.shouldAttemptDecryption() || newest.isBeingDecrypted()) return NO_PREVIEW;
    const until = session.disappearing.stayOf(newest)?.until ?? null;
    return { preview: previewOf(newest, session.userId), previewUntil: until };
}

export function isDirect(session: Session, room: Room): boolean {
    return room.getDMInviter() !== undefined || session.directRooms.has(room.roomId);
}

function kindOf(session: Session, room: Room): ChatKind {
    const create = room.getLiveTimeline().getState(EventTimeline.FORWARDS)?.getStateEvents(EventType.RoomCreate, "");
    if (create?.getContent()[CLASS_KEY] === "business") return "service";
    if (!isDirect(session, room)) return "group";
    // Whoever states who runs its devices is a service.
    return session.statements.known(room.guessDMUserId()) === undefined ? "person" : "service";
}

/** One's own receipt is believed before the server has counted again: a chat that was read is read at once. */
function allRead(session: Session, room: Room): boolean {
    const last = room.getLiveTimeline().getEvents().at(-1);
    return last !== undefined && hasRead(session, room, last);
}

function hasRead(session: Session, room: Room, event: MatrixEvent): boolean {
    const id = event.getId();
    return event.getSender() === session.userId || (id !== undefined && room.hasUserReadEvent(session.userId, id));
}

/** Who is mentioned stands in the ciphertext, so this device counts it, anew each time. */
function mentions(session: Session, room: Room): number {
    let found = 0;
    for (const event of room.getLiveTimeline().getEvents().slice(-LOOK_BACK).reverse()) {
        if (hasRead(session, room, event)) break;
        if (session.client.getPushActionsForEvent(event)?.tweaks.highlight === true) found += 1;
    }
    return found;
}
