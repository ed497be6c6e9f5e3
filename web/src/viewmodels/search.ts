/* Searching what was said, on this device. */

import type { ChatLock } from "../matrix/list/chat_lock.ts";
import { chatName, type Named, peopleOf, shownChats } from "../matrix/list/shown_chats.ts";
import type { Hit, Search } from "../matrix/search/search.ts";
import type { Session } from "../matrix/session/session.ts";
import { ViewModel } from "./view_model.ts";

export type SearchFilter = { roomId: string | null; senderId: string | null; from: string; to: string };

export type SearchState = {
    text: string;
    filter: SearchFilter;
    /** What was found, by chat, the chat with the newest first; null before anything was looked for. */
    groups: readonly { roomId: string; name: string; hits: readonly Hit[] }[] | null;
    busy: boolean;
    /** The index cannot be used in this browser. */
    failed: boolean;
    size: number;
    older: { running: boolean; chats: number; of: number; messages: number; failed: boolean };
    /** What was typed has opened locked chats. */
    opened: readonly Named[];
};

const PAUSE_MS = 150;
/** A code is tried when typing has come to rest: each try is half a second's work. */
const REST_MS = 700;
const LIMIT = 50;
const DAY_MS = 24 * 60 * 60 * 1000;

export class SearchPage extends ViewModel<SearchState> {
    readonly #session: Session;
    readonly #search: Search;
    readonly #lock: ChatLock;
    #pause: ReturnType<typeof setTimeout> | null = null;
    #rest: ReturnType<typeof setTimeout> | null = null;

    constructor(session: Session, search: Search) {
        super({
            text: "",
            filter: { roomId: null, senderId: null, from: "", to: "" },
            groups: null,
            busy: false,
            failed: false,
            size: 0,
            older: { running: false, chats: 0, of: 0, messages: 0, failed: false },
            opened: [],
        });
        this.#session = session;
        this.#search = search;
        this.#lock = session.chatLock;
        search
            .follow(({ size, progress }) => this.#measure(size, progress))
            .then(
                (stop) => this.own(stop),
                () => this.update({ failed: true }),
            );
        // What is hidden again is found no more.
        this.own(session.chatLock.hidden.subscribe(() => this.#relock()));
    }

    /** Look for something while it is typed. */
    type(text: string): void {
        this.update({ text });
        this.#soon();
        if (this.#rest !== null) clearTimeout(this.#rest);
        this.#rest = setTimeout(() => void this.#tryCode(text.trim()), REST_MS);
    }

    narrow(change: Partial<SearchFilter>): void {
        this.update({ filter: { ...this.value.filter, ...change } });
        this.#soon();
    }

    /** Chats that can be looked in. */
    get chats(): readonly Named[] {
        return shownChats(this.#session);
    }

    /** Who may have said it: the people of the chat that is looked in. */
    get senders(): readonly Named[] {
        const { roomId } = this.value.filter;
        return roomId === null ? [] : peopleOf(this.#session, roomId);
    }

    async indexOlder(): Promise<void> {
        await this.#search.indexOlder();
    }

    async leaveOlder(): Promise<void> {
        await this.#search.leaveOlder();
    }

    /** What is deleted while it is looked at leaves the findings too. */
    #measure(size: number, older: SearchState["older"]): void {
        const changed = size !== this.value.size;
        this.update({ size, older });
        if (changed && this.value.text !== "") this.#soon();
    }

    #soon(): void {
        if (this.#pause !== null) clearTimeout(this.#pause);
        this.#pause = setTimeout(() => void this.#find(), PAUSE_MS);
    }

    async #find(): Promise<void> {
        const { text, filter } = this.value;
        if (text.trim() === "") return this.update({ groups: null, busy: false });
        this.update({ busy: true });
        try {
            const hits = await this.#search.find({
                text,
                limit: LIMIT,
                ...(filter.roomId === null ? {} : { roomId: filter.roomId }),
                ...(filter.senderId === null ? {} : { senderId: filter.senderId }),
                ...(filter.from === "" ? {} : { from: startOf(filter.from) }),
                ...(filter.to === "" ? {} : { to: startOf(filter.to) + DAY_MS }),
            });
            // Somebody may have typed on meanwhile.
            if (text === this.value.text) this.update({ groups: grouped(hits), busy: false });
        } catch {
            this.update({ failed: true, busy: false });
        }
    }

    async #tryCode(code: string): Promise<void> {
        if (!(await this.#lock.unlock(code, { guess: false }))) return;
        const opened = this.#lock.openRooms.map((id) => ({ id, name: chatName(this.#session, id) }));
        // The code does not stay to be read.
        this.update({ opened, text: "", groups: null });
    }

    #relock(): void {
        if (this.#lock.openRooms.length === 0) this.update({ opened: [] });
        this.#soon();
    }
}

/** Return the first moment of a day as a field of a form names it. */
function startOf(day: string): number {
    return new Date(`${day}T00:00`).getTime();
}

function grouped(hits: readonly Hit[]): NonNullable<SearchState["groups"]> {
    const groups = new Map<string, { roomId: string; name: string; hits: Hit[] }>();
    for (const hit of hits) {
        const { roomId, roomName: name } = hit;
        const group = groups.get(roomId) ?? { roomId, name, hits: [] };
        group.hits.push(hit);
        groups.set(roomId, group);
    }
    return [...groups.values()];
}
