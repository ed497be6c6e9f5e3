/* One message as the app shows it: plain data, read from an event. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";
import { type LocationBody, type MediaBody, readLocation, readMedia, readSticker } from "../media/media_body.ts";
import type { Picture } from "../rooms/pictures.ts";
import type { Card } from "./cards.ts";
import type { Stay } from "./disappearing.ts";
import type { OfferedForm } from "./forms.ts";
import type { Answered, Menu } from "./menus.ts";
import type { Notice } from "./notices.ts";
import { formattedIn, plainWords } from "./plain_words.ts";
import type { Order, Products } from "./products.ts";

/** What became of one's own message: it waits, is on its way, lies on the server, was read, is held back until somebody
 * has looked at who can read it, or could not be sent. */
export type Progress = "waiting" | "sending" | "sent" | "read" | "held" | "failed";

/** What a message says. Kinds that this app does not know are shown as their fallback text. */
export type Body =
    /** `formatted` is what another app wrote beside the text; nothing of it is ever taken as HTML of ours. */
    | { kind: "text"; text: string; emote: boolean; formatted?: string }
    | { kind: "poll"; poll: PollBody }
    /** Something that happened in the chat, said by the app and not by a person. */
    | { kind: "notice"; notice: Notice }
    /** It is being decrypted. */
    | { kind: "opening" }
    | { kind: "unreadable"; reason: Unreadable }
    | { kind: "deleted" }
    | MediaBody
    | LocationBody
    | { kind: "other"; fallback: string };

/** Why a message cannot be read: its key is missing here, was withheld by the sender's app, or was never for this device. */
export type Unreadable = "waiting-for-key" | "before-joining" | "before-this-device" | "withheld" | "broken";

export type PollBody = {
    question: string;
    answers: readonly { id: string; text: string; votes: number; mine: boolean }[];
    /** How many people have voted. */
    voters: number;
    /** How many answers one may choose. */
    choices: number;
    ended: boolean;
    /** Results are secret until it ends. */
    secret: boolean;
};

/** What a message answers. `text` is null where that is not a text, or is not here. */
export type Quote = { id: string; senderName: string; text: string | null };

/** People who reacted alike; `mineId` is one's own reaction, which may be taken back. */
export type Reaction = { key: string; names: readonly string[]; mineId: string | null };

/** Answers that branch off a message. */
export type Branch = { count: number; at: number };

/** Somebody a message speaks to. */
export type Mention = { userId: string; name: string; me: boolean };

export type Message = {
    /** Of the event; of the queue's entry before there is one. Stays the same in between: see `key`. */
    id: string;
    /** Stays the same from the moment a message is written until it is deleted. */
    key: string;
    senderId: string;
    senderName: string;
    senderPicture: Picture | null;
    mine: boolean;
    /** When the server received it, in ms; when it was written, before that. */
    at: number;
    body: Body;
    /** Only of one's own messages. */
    progress: Progress | null;
    /** How many others have read it; only of one's own messages. */
    readers: number;
    edited: boolean;
    reply: Quote | null;
    reactions: readonly Reaction[];
    branch: Branch | null;
    mentions: readonly Mention[];
    /** How many times it was passed on before it came here. */
    forwarded: number;
    /** Until when it stays; null: for good. */
    stay: Stay | null;
    /** What it lets one choose; null: nothing. */
    menu: Menu | null;
    /** Which choice of which menu it is; null: it was written. */
    answers: Answered | null;
    /** A form to fill in below it; null: none. */
    form: OfferedForm | null;
    /** Which form it answers; null: none. */
    fills: string | null;
    /** What it sells; null: nothing. */
    products: Products | null;
    /** What it orders; null: nothing. */
    order: Order | null;
    /** Cards beside each other below it; null: none. */
    cards: readonly Card[] | null;
};

/** What most messages have nothing of. */
export const PLAIN = {
    senderPicture: null,
    readers: 0,
    edited: false,
    reply: null,
    reactions: [],
    branch: null,
    mentions: [],
    forwarded: 0,
    stay: null,
    menu: null,
    answers: null,
    form: null,
    fills: null,
    products: null,
    order: null,
    cards: null,
} as const satisfies Partial<Message>;

/** Read what a decrypted `m.room.message` or `m.sticker` says. */
export function readBody(content: IContent, type = "m.room.message"): Body {
    const text = typeof content.body === "string" ? content.body : "";
    if (type === "m.sticker") return readSticker(content) ?? { kind: "other", fallback: text };
    switch (content.msgtype) {
        case "m.text":
        case "m.notice":
            return { kind: "text", text, emote: false, ...formattedOf(content) };
        case "m.emote":
            return { kind: "text", text, emote: true, ...formattedOf(content) };
        case "m.location":
            return readLocation(content) ?? { kind: "other", fallback: text };
        default:
            return readMedia(content) ?? { kind: "other", fallback: text };
    }
}

function formattedOf(content: IContent): { formatted?: string } {
    const formatted = formattedIn(content);
    return formatted === undefined ? {} : { formatted };
}

/** Return the text that stands for a message where there is room for one line; null where it has none. */
export function lineOf(body: Body): string | null {
    if (body.kind === "text") return plainWords(body.text, body.formatted);
    if (body.kind === "poll") return body.poll.question;
    if ("caption" in body) return body.caption || null;
    return body.kind === "other" ? body.fallback || null : null;
}
