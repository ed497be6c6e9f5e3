/* The list of chats. */

import type { ChatSummary, Chats } from "../matrix/chats.ts";
import { NobodyFound, startChat } from "../matrix/new_chat.ts";
import type { Session } from "../matrix/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { ViewModel } from "./view_model.ts";

export type ChatListState = { chats: readonly ChatSummary[]; loading: boolean };

export class ChatList extends ViewModel<ChatListState> {
    readonly #session: Session;
    readonly #navigation: Navigation;

    constructor(session: Session, chats: Chats, navigation: Navigation) {
        super({ chats: [], loading: true });
        this.#session = session;
        this.#navigation = navigation;
        const look = () => {
            this.update({ chats: chats.list.value, loading: session.connection.value === "starting" });
        };
        this.follow(chats.list, look);
        this.follow(session.connection, look);
    }

    /** Begin a chat with whoever has a handle, and go there; return why that came to nothing. */
    async start(handle: string): Promise<"nobody" | "failed" | null> {
        try {
            this.#navigation.go(["chats", await startChat(this.#session, handle)]);
            return null;
        } catch (error) {
            return error instanceof NobodyFound ? "nobody" : "failed";
        }
    }
}
