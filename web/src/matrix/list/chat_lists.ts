/* Which chats a person wants to see, and their own lists of them: account data, so that every device shows the same. */

import { ClientEvent, type MatrixEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";

const TYPE = "id.amanat.chat_lists";
/** Of a list, and of one person's lists: account data is sent whole each time. */
const MAX_NAME = 40;
const MAX_LISTS = 50;

/** What the app filters by itself; an own list is named by its id. */
export const FILTERS = ["all", "unread", "groups", "services"] as const;

export type OwnList = { id: string; name: string; rooms: readonly string[] };

export type ChatListsContent = { filter: string; lists: readonly OwnList[] };

declare module "matrix-js-sdk/lib/@types/event" {
    interface AccountDataEvents {
        [TYPE]: ChatListsContent;
    }
}

const NOTHING: ChatListsContent = { filter: "all", lists: [] };

export class ChatLists {
    readonly #session: Session;
    readonly #content: Observable<ChatListsContent>;
    #writing = 0;

    constructor(session: Session) {
        this.#session = session;
        this.#content = new Observable(this.#read());
    }

    get content(): Followed<ChatListsContent> {
        return this.#content;
    }

    /** Keep what is chosen as it is at the server, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const look = (event: MatrixEvent) => {
            // What comes back of an earlier choice is older than the one that is on its way.
            if (event.getType() === TYPE && this.#writing <= 1) this.#content.set(this.#read());
        };
        client.on(ClientEvent.AccountData, look);
        this.#content.set(this.#read());
        return () => client.off(ClientEvent.AccountData, look);
    }

    /** Show one filter or list. Who is offline sees it too, and the other devices do not hear of it. */
    async choose(filter: string): Promise<void> {
        if (filter === this.#content.value.filter) return;
        await this.#write({ ...this.#content.value, filter }).catch(() => {});
    }

    /** Make a list, and show it. */
    async make(name: string, rooms: readonly string[]): Promise<void> {
        const list = { id: crypto.randomUUID(), name: name.trim().slice(0, MAX_NAME), rooms };
        const { lists } = this.#content.value;
        if (lists.length < MAX_LISTS) await this.#write({ filter: list.id, lists: [...lists, list] });
    }

    async change(id: string, change: Partial<Omit<OwnList, "id">>): Promise<void> {
        const { filter, lists } = this.#content.value;
        await this.#write({ filter, lists: lists.map((each) => (each.id === id ? { ...each, ...change } : each)) });
    }

    async remove(id: string): Promise<void> {
        const { filter, lists } = this.#content.value;
        await this.#write({
            filter: filter === id ? NOTHING.filter : filter,
            lists: lists.filter((each) => each.id !== id),
        });
    }

    /** What one chooses is shown at once; the server is told of it, and tells the other devices. */
    async #write(content: ChatListsContent): Promise<void> {
        this.#content.set(content);
        this.#writing += 1;
        try {
            await this.#session.client.setAccountData(TYPE, content);
        } finally {
            this.#writing -= 1;
        }
    }

    #read(): ChatListsContent {
        return contentOf(this.#session.client.getAccountData(TYPE)?.getContent());
    }
}

/** Return what account data say, as far as it makes sense: other apps and older versions may have written it. */
export function contentOf(content: unknown): ChatListsContent {
    if (typeof content !== "object" || content === null) return NOTHING;
    const { filter, lists } = content as { filter?: unknown; lists?: unknown };
    const known = Array.isArray(lists) ? lists.filter(isList) : [];
    const names: readonly string[] = [...FILTERS, ...known.map(({ id }) => id)];
    return { filter: names.find((each) => each === filter) ?? NOTHING.filter, lists: known };
}

function isList(list: unknown): list is OwnList {
    if (typeof list !== "object" || list === null) return false;
    const { id, name, rooms } = list as Record<string, unknown>;
    if (typeof id !== "string" || typeof name !== "string" || !Array.isArray(rooms)) return false;
    return rooms.every((room) => typeof room === "string");
}
