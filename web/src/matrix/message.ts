/* One message as the app shows it: plain data, read from an event. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";

/** What became of one's own message: it waits, is on its way, lies on the server, was read, or could not be sent. */
export type Progress = "waiting" | "sending" | "sent" | "read" | "failed";

/** What a message says. Kinds that this app does not know are shown as their fallback text. */
export type Body =
    | { kind: "text"; text: string; emote: boolean }
    | { kind: "unreadable"; reason: Unreadable }
    | { kind: "deleted" }
    | { kind: "other"; fallback: string };

/** Why a message cannot be read: its key is missing here, was withheld by the sender's app, or was never for this device. */
export type Unreadable = "waiting-for-key" | "before-joining" | "before-this-device" | "withheld" | "broken";

export type Message = {
    /** Of the event; of the queue's entry before there is one. Stays the same in between: see `key`. */
    id: string;
    /** Stays the same from the moment a message is written until it is deleted. */
    key: string;
    senderId: string;
    senderName: string;
    mine: boolean;
    /** When the server received it, in ms; when it was written, before that. */
    at: number;
    body: Body;
    /** Only of one's own messages. */
    progress: Progress | null;
    edited: boolean;
};

/** Read what a decrypted `m.room.message` says. */
export function readBody(content: IContent): Body {
    const text = typeof content.body === "string" ? content.body : "";
    switch (content.msgtype) {
        case "m.text":
        case "m.notice":
            return { kind: "text", text, emote: false };
        case "m.emote":
            return { kind: "text", text, emote: true };
        default:
            return { kind: "other", fallback: text };
    }
}
