/* What notifications say, be it an open window's or the worker's. Light, as the worker loads it at each of its starts. */

import { words } from "./words.ts";

export const arrivalWords = words({
    id: {
        newMessage: "Pesan baru",
        open: "Buka Amanat untuk membacanya.",
        unread: (count: number) => `${count} pesan belum dibaca`,
        invitation: "Ada yang mengajakmu mengobrol",
        image: "Foto",
        video: "Video",
        audio: "Suara",
        voice: "Pesan suara",
        file: "Berkas",
        location: "Lokasi",
        sticker: "Stiker",
        poll: "Jajak pendapat",
        from: (name: string, text: string) => `${name}: ${text}`,
    },
    en: {
        newMessage: "New message",
        open: "Open Amanat to read it.",
        unread: (count: number) => `${count} unread messages`,
        invitation: "Somebody wants to chat with you",
        image: "Photo",
        video: "Video",
        audio: "Sound",
        voice: "Voice message",
        file: "File",
        location: "Location",
        sticker: "Sticker",
        poll: "Poll",
        from: (name: string, text: string) => `${name}: ${text}`,
    },
});

export type ArrivalWords = typeof arrivalWords.en;

type Body = { kind: string; text?: string; caption?: string; fallback?: string };

/** What came, as far as words need to know. */
export type Arrived =
    | { kind: "locked" }
    | { kind: "invitation" }
    | { kind: "message"; chat: string; sender: string | null; body: Body | null };

const NAMED = ["image", "video", "audio", "voice", "file", "location", "sticker", "poll"] as const;

/** Put what came into words; without `content` neither whose it is nor what it says. */
export function wordingOf(arrived: Arrived, content: boolean, words: ArrivalWords): { title: string; body: string } {
    if (arrived.kind === "invitation") return { title: words.invitation, body: words.open };
    if (arrived.kind === "locked" || !content) return { title: words.newMessage, body: words.open };
    const said = (arrived.body && lineOf(arrived.body, words)) ?? words.newMessage;
    return { title: arrived.chat, body: arrived.sender === null ? said : words.from(arrived.sender, said) };
}

function lineOf(body: Body, words: ArrivalWords): string | null {
    if (body.kind === "text") return body.text ?? null;
    const named = NAMED.find((kind) => kind === body.kind);
    if (named !== undefined) return body.caption || words[named];
    return body.fallback || null;
}
