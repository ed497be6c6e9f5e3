/* One's own stickers: made, kept, shared among one's devices, and sent.
 *
 * Matrix has image packs (MSC2545), in account data and room state that the server reads, with pictures that lie open on
 * it. Here a sticker is as private as what it says in a chat: its picture is an encrypted file, the list is sealed, and
 * each one that is sent has a key and an address of its own, so that deleting that message frees it. The gate lets no
 * pack into the state of a private chat. When a sticker was used last stays on this device: to write it down at each
 * use would tell the server of it. */

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { SealedNote } from "../keys/sealed_note.ts";
import { standing, type Where } from "../sending/written.ts";
import type { Session } from "../session/session.ts";
import type { Attachments } from "./attachments.ts";
import { mediaContent } from "./media_content.ts";
import { type Entry, MOST_STICKERS, merged, readEntries, type Sticker, stickersIn } from "./sticker_list.ts";
import type { Uploads } from "./uploads.ts";

/** A picture as it becomes a sticker; `name` says what is on it. */
export type NewSticker = { file: Blob; name: string; width: number; height: number };

export class TooMany extends Error {
    override name = "TooMany";
}

type Uses = Readonly<Record<string, number>>;
/** `told`: the other devices know. */
type Kept = { entries: readonly Entry[]; told: boolean };

const TYPE = "id.amanat.stickers";
const LIST = "list";
const USES = "uses";

export class Stickers {
    readonly #session: Session;
    readonly #attachments: Attachments;
    readonly #uploads: Uploads;
    readonly #note: SealedNote;
    readonly #list = new Observable<readonly Sticker[]>([]);
    readonly #loaded: Promise<void>;
    #kept: Kept = { entries: [], told: true };
    #uses: Uses = {};

    constructor(session: Session, { attachments, uploads }: { attachments: Attachments; uploads: Uploads }) {
        this.#session = session;
        this.#attachments = attachments;
        this.#uploads = uploads;
        this.#note = new SealedNote(session, TYPE);
        this.#loaded = this.#load();
    }

    /** Those that were used last come first. */
    get list(): Followed<readonly Sticker[]> {
        return this.#list;
    }

    /** Keep the list as one's other devices have it, until the returned function is called. */
    follow(): Stop {
        const look = () => void this.#takeOver().catch(() => {});
        const stop = this.#note.follow(look);
        look();
        return stop;
    }

    /** Take a sticker in, or an equal one to the front. Rejects without a connection; throws `TooMany`. */
    async add({ file, name, width, height }: NewSticker): Promise<void> {
        await this.#loaded;
        const id = await idOf(file);
        if (this.#list.value.some((each) => each.id === id)) return this.#use(id);
        if (this.#list.value.length >= MOST_STICKERS) throw new TooMany("There are many stickers already.");
        const lock = await this.#attachments.keep(file);
        const signal = new AbortController().signal;
        const url = await this.#attachments
            .uploadKept(lock.sha256, { progress: () => {}, signal })
            .finally(() => this.#attachments.forget(lock.sha256));
        const described = {
            kind: "sticker",
            name,
            caption: "",
            width,
            height,
            durationMs: null,
            waveform: [],
        } as const;
        const content = mediaContent(described, { url, lock, size: file.size, type: file.type }, null);
        await this.#change({ id, changedAt: Date.now(), content });
    }

    async remove(id: string): Promise<void> {
        await this.#change({ id, changedAt: Date.now(), content: null });
    }

    /** Send a sticker; throws `FetchFailed` where its picture is neither here nor within reach. */
    async send(where: Where, { id, body }: Sticker): Promise<void> {
        const file = await this.#attachments.blob(body.source);
        await this.#uploads.add(where.roomId, { described: body, file, thumbnail: null, extra: standing(where.place) });
        where.answered();
        await this.#use(id);
    }

    async #load(): Promise<void> {
        this.#kept = (await this.#area.get(LIST)) ?? this.#kept;
        this.#uses = (await this.#useArea.get(USES)) ?? {};
        this.#show();
    }

    /** Bring together what is known here and what the other devices say. */
    async #takeOver(): Promise<void> {
        await this.#loaded;
        const theirs = readEntries(await this.#note.read());
        await this.#keep({ ...this.#kept, entries: merged(this.#kept.entries, theirs) });
        if (!this.#kept.told) await this.#tell();
    }

    async #change(entry: Entry): Promise<void> {
        await this.#loaded;
        const theirs = readEntries(await this.#note.read());
        await this.#keep({ entries: merged(merged(this.#kept.entries, theirs), [entry]), told: false });
        // It is kept here: the next start tells the others.
        await this.#tell().catch(() => {});
    }

    async #tell(): Promise<void> {
        const { entries } = this.#kept;
        await this.#note.write(entries);
        if (this.#kept.entries === entries) await this.#keep({ entries, told: true });
    }

    async #use(id: string): Promise<void> {
        this.#uses = { ...this.#uses, [id]: Date.now() };
        this.#show();
        await this.#useArea.put(USES, this.#uses);
    }

    async #keep(kept: Kept): Promise<void> {
        this.#kept = kept;
        this.#show();
        await this.#area.put(LIST, kept);
    }

    #show(): void {
        this.#list.set(stickersIn(this.#kept.entries, this.#uses));
    }

    get #area() {
        return this.#session.vault.area<Kept>("stickers");
    }

    get #useArea() {
        return this.#session.vault.area<Uses>("sticker-uses");
    }
}

/** The same picture is the same sticker, wherever it came from. */
async function idOf(file: Blob): Promise<string> {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
