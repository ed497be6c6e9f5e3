/* One chat with a person: what was said since it came to the staff, who has it, and what one can do with it. */

import { BlobShelf } from "../../platform/blob_shelf.ts";
import { preparePhoto } from "../../platform/pictures.ts";
import type { Area } from "../../platform/vault.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Colleague, InboxApi, Line, QuickReply, Talk } from "../api/inbox_api.ts";
import { acting } from "./acting.ts";
import { FileBox } from "./file_box.ts";
import { LineFiles } from "./line_files.ts";
import { newest } from "./newest.ts";
import { NoteBox } from "./notes.ts";
import type { Pulse } from "./pulse.ts";
import { type Draft, ReplyBox } from "./reply_box.ts";
import { OFFLINE, type Trouble, troubleOf } from "./trouble.ts";

export type { Line, LineFile, Talk } from "../api/inbox_api.ts";

/** Of what was sent in a chat and is looked at; what nobody looks at any more makes room above it. */
const MOST_OPEN_BYTES = 100_000_000;

export type ConversationState = {
    /** Null until it has come. */
    talk: Talk | null;
    /** Why it has not come, or why the last act was not done. */
    trouble: Trouble | null;
    colleagues: readonly Colleague[];
    /** An act or older lines are on their way. */
    busy: boolean;
};

export type ConversationGround = {
    api: InboxApi;
    room: string;
    pulse: Pulse;
    drafts: Area<Draft>;
    draftKey: string;
    mint: () => string;
    quickReplies: () => Promise<readonly QuickReply[]>;
    colleagues: () => Promise<readonly Colleague[]>;
};

export class Conversation extends ViewModel<ConversationState> {
    readonly room: string;
    readonly reply: ReplyBox;
    readonly note: NoteBox;
    readonly files: LineFiles;
    readonly sending: FileBox;
    readonly #api: InboxApi;
    readonly #newest = newest();
    #read = 0;

    constructor({ api, room, pulse, drafts, draftKey, mint, quickReplies, colleagues }: ConversationGround) {
        super({ talk: null, trouble: null, colleagues: [], busy: false });
        this.#api = api;
        this.room = room;
        this.reply = new ReplyBox({
            send: (saying) => api.reply(room, saying),
            quickReplies,
            drafts,
            key: draftKey,
            mint,
            language: () => this.value.talk?.chat.language ?? "",
        });
        this.note = new NoteBox({ add: (note) => api.note(room, note), mint, added: () => this.refresh() });
        this.files = new LineFiles({
            open: (position) => api.openFile(room, position),
            address: (position) => api.fileAddress(room, position),
            shelf: new BlobShelf(MOST_OPEN_BYTES),
        });
        this.sending = new FileBox({ send: (file) => api.sendFile(room, file), prepare: preparePhoto, mint });
        this.own(() => this.files.dispose());
        this.own(() => this.sending.dispose());
        this.own(() => this.reply.dispose());
        this.own(() => this.note.dispose());
        this.own(pulse.on(`chat:${room}`, () => this.refresh()));
        this.own(pulse.subscribe(() => pulse.value.connected && this.#again()));
        void this.refresh();
        colleagues().then(
            (colleagues) => this.update({ colleagues }),
            () => {},
        );
    }

    /** Read it again, and keep the older lines that were brought. */
    async refresh(): Promise<void> {
        await this.#newest(
            this.#api.open(this.room),
            (talk) => this.#take(talk),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    /** Bring older lines. */
    async older(): Promise<void> {
        const { talk } = this.value;
        const first = talk?.lines[0]?.position;
        if (talk === null || first === undefined || !talk.more) return;
        await this.#act(async () => {
            const before = await this.#api.open(this.room, first);
            const now = this.value.talk ?? talk;
            this.update({ talk: { ...now, lines: joined(before.lines, now.lines), more: before.more } });
        });
    }

    /** Give it to somebody; null lets it wait for anybody again. */
    assign(assignee: string | null): Promise<void> {
        return this.#act(() => this.#api.assign(this.room, assignee));
    }

    /** Let the bot speak again. */
    handBack(): Promise<void> {
        return this.#act(() => this.#api.handBack(this.room));
    }

    /** Somebody looks at the newest line. */
    async seen(): Promise<void> {
        const position = this.value.talk?.lines.at(-1)?.position ?? 0;
        if (position <= this.#read) return;
        const before = this.#read;
        this.#read = position;
        await this.#api.read(this.room, position).catch(() => {
            this.#read = before;
        });
    }

    async #act(act: () => Promise<unknown>): Promise<void> {
        await acting((change) => this.update(change), act);
    }

    #take(talk: Talk): void {
        const before = this.value.talk;
        const known = new Set(before?.lines.map(({ position }) => position));
        // Where nothing of before is among the newest lines, there may be others in between: begin anew.
        const joins = before !== null && talk.lines.some(({ position }) => known.has(position));
        const lines = joins ? joined(before.lines, talk.lines) : talk.lines;
        const more = lines.length > talk.lines.length && before !== null ? before.more : talk.more;
        const { trouble } = this.value;
        // What kept it from coming is over.
        this.update({ talk: { ...talk, lines, more }, trouble: trouble?.code === OFFLINE ? null : trouble });
        this.reply.settle(new Set(lines.map(({ position }) => position)));
    }

    /** There is a connection again. */
    #again(): void {
        void this.refresh();
        void this.reply.retry();
        void this.sending.retry();
    }
}

/** Return lines in their order; of two with one position the newer. */
function joined(older: readonly Line[], newer: readonly Line[]): Line[] {
    const lines = new Map([...older, ...newer].map((line) => [line.position, line]));
    return [...lines.values()].toSorted((one, other) => one.position - other.position);
}
