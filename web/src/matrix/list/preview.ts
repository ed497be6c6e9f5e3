/* The line under a chat's name: its newest message, who said it and of which kind it is. */

import { EventType, type IContent, type MatrixEvent, RelationType, type Room } from "matrix-js-sdk/lib/matrix";

import { nameOfMember } from "../rooms/people.ts";
import { formattedIn, plainWords } from "../timeline/plain_words.ts";

export type PreviewKind =
    | "text"
    | "image"
    | "video"
    | "audio"
    | "file"
    | "location"
    | "sticker"
    | "poll"
    | "deleted"
    | "unreadable";

export type Preview = {
    kind: PreviewKind;
    /** What was said; of other kinds a caption, or empty. */
    text: string;
    /** Who said it; null where one said it oneself. */
    sender: string | null;
};

const KIND_OF_TYPE: Record<string, PreviewKind> = {
    [EventType.RoomMessageEncrypted]: "unreadable",
    [EventType.Sticker]: "sticker",
    "m.poll.start": "poll",
    "org.matrix.msc3381.poll.start": "poll",
};

const KIND_OF_MSGTYPE: Record<string, PreviewKind> = {
    "m.image": "image",
    "m.video": "video",
    "m.audio": "audio",
    "m.file": "file",
    "m.location": "location",
};

/** Events that are about others, not messages of their own. */
const ABOUT_OTHERS: readonly string[] = [RelationType.Replace, RelationType.Annotation];

/** Return the newest message of a room, as far as it lies here; one that has disappeared only where that is asked. */
export function newestMessage(
    room: Room,
    isGone: (event: MatrixEvent) => boolean = () => false,
): MatrixEvent | undefined {
    return room
        .getLiveTimeline()
        .getEvents()
        .findLast((event) => isMessage(event) && !isGone(event));
}

export function previewOf(event: MatrixEvent, ownId: string): Preview {
    const senderId = event.getSender() ?? "";
    const sender = senderId === ownId ? null : event.sender === null ? "" : nameOfMember(event.sender, senderId);
    if (event.isRedacted()) return { kind: "deleted", text: "", sender };
    const kind = kindOf(event);
    return { kind, text: kind === "text" ? said(event.getContent()) : "", sender };
}

function isMessage(event: MatrixEvent): boolean {
    if (event.isState() || ABOUT_OTHERS.includes(event.getRelation()?.rel_type ?? "")) return false;
    return event.getType() === EventType.RoomMessage || event.getType() in KIND_OF_TYPE;
}

function kindOf(event: MatrixEvent): PreviewKind {
    if (event.isDecryptionFailure()) return "unreadable";
    const { msgtype } = event.getContent();
    return KIND_OF_TYPE[event.getType()] ?? KIND_OF_MSGTYPE[String(msgtype)] ?? "text";
}

function said(content: IContent): string {
    return typeof content.body === "string" ? plainWords(content.body, formattedIn(content)) : "";
}
