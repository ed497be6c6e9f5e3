/* The list of chats: which of them are shown, and what is set for each. */

import type { ChatLists, OwnList } from "../matrix/list/chat_lists.ts";
import { type ChatSetting, ChatSettings } from "../matrix/list/chat_settings.ts";
import type { ChatSummary, Chats } from "../matrix/list/chats.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation, Place } from "../platform/navigation.ts";
import { type Section, sectionIn, sectionOf, shown } from "./chat_filter.ts";
import type { ChatLabels } from "./chat_labels.ts";
import { LeavingChat } from "./leaving_chat.ts";
import type { LinkWords } from "./link_words.ts";
import { NewChat } from "./new_chat.ts";
import { ViewModel } from "./view_model.ts";

export type { ChatSetting } from "../matrix/list/chat_settings.ts";

export type ChatListState = {
    section: Section;
    chats: readonly ChatSummary[];
    /** How many chats there are in the other sections. */
    archived: number;
    requests: number;
    /** Chats are behind a lock that shows: not behind one that only its code makes appear. */
    locked: boolean;
    /** One of `FILTERS`, or the id of an own list. */
    filter: string;
    lists: readonly OwnList[];
    query: string;
    /** What somebody wants of the list from elsewhere, until it has been attended to. */
    wanted: "search" | "newChat" | null;
    loading: boolean;
    /** Something could not be set; the list shows what holds. */
    failed: boolean;
};

type Ground = { chats: Chats; lists: ChatLists; navigation: Navigation; labels: ChatLabels; words: LinkWords };

export class ChatList extends ViewModel<ChatListState> {
    readonly newChat: NewChat;
    readonly #session: Session;
    readonly #settings: ChatSettings;
    readonly #ground: Ground;

    constructor(session: Session, ground: Ground) {
        super({
            section: "main",
            chats: [],
            archived: 0,
            requests: 0,
            locked: false,
            filter: "all",
            lists: [],
            query: "",
            wanted: null,
            loading: true,
            failed: false,
        });
        const { chats, lists, navigation, labels, words } = ground;
        this.#session = session;
        this.#ground = ground;
        this.#settings = new ChatSettings(session);
        this.newChat = new NewChat(session, { navigation, labels, words });
        this.own(() => this.newChat.dispose());
        this.follow(chats.list, () => this.#show());
        this.follow(lists.content, ({ filter, lists }) => {
            this.update({ filter, lists });
            this.#show();
        });
        this.follow(session.chatLock.state, ({ state }) => this.update({ locked: state === "closed" }));
        this.follow(session.connection, (connection) => this.update({ loading: connection === "starting" }));
        this.follow(navigation.place, (place) => this.#visit(place));
    }

    /** Every chat, whatever is shown; for choosing among them. */
    get all(): readonly ChatSummary[] {
        return this.#ground.chats.list.value.filter(({ stranger }) => !stranger);
    }

    search(query: string): void {
        this.update({ query });
        this.#show();
    }

    /** Come to the list for something, from wherever in the app one is. */
    want(wanted: "search" | "newChat"): void {
        this.#come();
        this.update({ wanted });
    }

    attended(): void {
        this.update({ wanted: null });
    }

    choose(filter: string): void {
        void this.#ground.lists.choose(filter);
    }

    makeList(name: string, rooms: readonly string[]): Promise<void> {
        return this.#try(this.#ground.lists.make(name, rooms));
    }

    changeList(id: string, change: { name?: string; rooms?: readonly string[] }): Promise<void> {
        return this.#try(this.#ground.lists.change(id, change));
    }

    removeList(id: string): Promise<void> {
        return this.#try(this.#ground.lists.remove(id));
    }

    /** A chat is on the screen: what was said there last is not to wait in the line of what is decrypted. */
    readonly inSight = ({ roomId, preview, invited }: ChatSummary): void => {
        if (preview === null && !invited) this.#ground.chats.read(roomId);
    };

    /** Pin, mute, archive or mark a chat; take it back where it is so. */
    toggle(chat: ChatSummary, setting: ChatSetting): Promise<void> {
        return this.#try(this.#settings.toggle(chat, setting));
    }

    /** Return the way out of a chat; whoever asks disposes of it. */
    leaving({ roomId }: ChatSummary): LeavingChat {
        return new LeavingChat(this.#session, roomId, this.#ground.navigation);
    }

    /** The person has seen that something failed. */
    forgive(): void {
        this.update({ failed: false });
    }

    /** The list stands beside a chat; anywhere else one has to go there. */
    #come(): void {
        const { place } = this.#ground.navigation;
        const [tab] = place.value;
        const within =
            tab === undefined || (tab === "chats" && !["archived", "requests"].includes(sectionIn(place.value) ?? ""));
        if (!within) this.#ground.navigation.go(["chats"]);
    }

    #visit(place: Place): void {
        const section = sectionIn(place);
        if (section === null) {
            if (place[1]?.startsWith("!")) void this.#settings.unmark(place[1]).catch(() => {});
        } else if (section !== this.value.section) {
            this.update({ section, query: "" });
            this.#show();
        }
    }

    #show(): void {
        const chats = this.#ground.chats.list.value;
        const count = (section: Section) => chats.filter((chat) => sectionOf(chat) === section).length;
        const before = this.value.chats;
        // Who has answered the last request looks at a chat now, and at the list beside it.
        if (count(this.value.section) === 0 && sectionIn(this.#ground.navigation.place.value) === null) {
            this.update({ section: "main" });
        }
        const now = shown(chats, this.value);
        const same = now.length === before.length && now.every((chat, index) => chat === before[index]);
        this.update({ chats: same ? before : now, archived: count("archived"), requests: count("requests") });
    }

    async #try(act: Promise<void>): Promise<void> {
        try {
            await act;
        } catch {
            this.update({ failed: true });
        }
    }
}
