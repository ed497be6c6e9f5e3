/* The chats that are with the staff, as the gateway tells of them. Fields are named as they travel; times in ms. */

import type { Ask } from "./http.ts";

export const SHELVES = ["waiting", "mine", "all"] as const;
export type Shelf = (typeof SHELVES)[number];

export type Chat = {
    room_id: string;
    person: string;
    person_name: string;
    desk: string;
    language: string;
    /** `back`: the bot has it again. */
    state: "waiting" | "taken" | "back";
    assignee: string | null;
    assignee_name: string | null;
    /** Since when it is in this state. */
    since_ts: number;
    unread: number;
    last: { from: Line["from"]; kind: LineKind; text: string; ts: number } | null;
};

export type Inbox = { chats: Chat[]; counts: Record<Shelf, number> };

export type LineKind =
    | "text"
    | "voice"
    | "picture"
    | "video"
    | "file"
    | "place"
    | "sticker"
    | "other"
    | "handed_over"
    | "assigned"
    | "given_back";

export type Line = {
    position: number;
    from: "person" | "staff" | "event";
    by: string | null;
    by_name: string | null;
    kind: LineKind;
    /** Of `assigned` the name of who has it now, or nothing; of `handed_over` the desk. */
    text: string;
    ts: number;
    state: "sending" | "sent" | "failed" | null;
    file: LineFile | null;
};

/** What somebody sent beside words, as they told of it. What is `too_large` is not opened at the desk. */
export type LineFile = { name: string; size: number; too_large: boolean };

export type Note = { position: number; author: string; author_name: string; text: string; ts: number };

export type Talk = {
    chat: Chat;
    /** What the flow had asked before it handed over. */
    context: { name: string; value: string }[];
    lines: Line[];
    notes: Note[];
    /** There are older lines. */
    more: boolean;
};

/** What an office says often, in each language that it speaks. */
export type QuickReply = { title: Record<string, string>; text: Record<string, string> };

/** What variables of the flow are called, and the options that they hold, by language. */
export type FlowWords = {
    names: Readonly<Record<string, Readonly<Record<string, string>>>>;
    options: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
};

export type Colleague = { user_id: string; name: string };

/** A text of ours that is to be said or noted once, however often it is asked. */
export type Saying = { text: string; txn_id: string };

/** A file of ours, sent once under its id; the sides of a picture in pixels, 0 where they are not known. */
export type SentFile = { file: Blob; name: string; width: number; height: number; txn_id: string };

/** A file takes a while to be opened there, or to get there. */
const FILE_PATIENCE_MS = 180_000;

export class InboxApi {
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, root: string) {
        this.#ask = ask;
        this.#root = root;
    }

    list(show: Shelf): Promise<Inbox> {
        return this.#ask("GET", `${this.#root}/inbox?show=${show}`);
    }

    /** Read a chat: its newest lines, or those before one. */
    open(room: string, before?: number): Promise<Talk> {
        return this.#ask("GET", this.#chat(room) + (before === undefined ? "" : `?before=${before}`));
    }

    assign(room: string, assignee: string | null): Promise<void> {
        return this.#ask("POST", `${this.#chat(room)}/assign`, { body: { assignee } });
    }

    reply(room: string, saying: Saying): Promise<{ position: number }> {
        return this.#ask("POST", `${this.#chat(room)}/replies`, { body: saying });
    }

    /** Bring what somebody sent; that it was looked at is noted. */
    openFile(room: string, position: number): Promise<Blob> {
        return this.#ask("GET", this.#file(room, position), { file: true, patienceMs: FILE_PATIENCE_MS });
    }

    /** Return where a browser downloads it. */
    fileAddress(room: string, position: number): string {
        return `${this.#file(room, position)}?download=true`;
    }

    sendFile(room: string, { file, name, width, height, txn_id }: SentFile): Promise<{ position: number }> {
        const query = new URLSearchParams({ name, width: `${width}`, height: `${height}`, txn_id });
        const path = `${this.#chat(room)}/files?${query}`;
        return this.#ask("POST", path, { body: file, patienceMs: FILE_PATIENCE_MS });
    }

    note(room: string, saying: Saying): Promise<{ position: number }> {
        return this.#ask("POST", `${this.#chat(room)}/notes`, { body: saying });
    }

    handBack(room: string): Promise<void> {
        return this.#ask("POST", `${this.#chat(room)}/hand_back`);
    }

    read(room: string, position: number): Promise<void> {
        return this.#ask("POST", `${this.#chat(room)}/read`, { body: { position } });
    }

    async quickReplies(): Promise<QuickReply[]> {
        return (await this.#ask<{ replies: QuickReply[] }>("GET", `${this.#root}/quick_replies`)).replies;
    }

    wording(): Promise<FlowWords> {
        return this.#ask("GET", `${this.#root}/wording`);
    }

    /** Return to whom a chat can be given. */
    async colleagues(): Promise<Colleague[]> {
        return (await this.#ask<{ colleagues: Colleague[] }>("GET", `${this.#root}/colleagues`)).colleagues;
    }

    #file(room: string, position: number): string {
        return `${this.#chat(room)}/files/${position}`;
    }

    #chat(room: string): string {
        return `${this.#root}/chats/${encodeURIComponent(room)}`;
    }
}
