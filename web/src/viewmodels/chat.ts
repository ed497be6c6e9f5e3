/* One chat that is open: its messages, and what is being written. */

import type { Message } from "../matrix/message.ts";
import { OpenChat } from "../matrix/open_chat.ts";
import type { Outbox } from "../matrix/outbox.ts";
import type { Session } from "../matrix/session.ts";
import { ViewModel } from "./view_model.ts";

export type ChatState = {
    name: string;
    /** One has been asked in and has not answered. */
    invited: boolean;
    messages: readonly Message[];
    /** Older messages are on their way. */
    reaching: boolean;
    /** There is nothing older. */
    whole: boolean;
};

export class Chat extends ViewModel<ChatState> {
    readonly roomId: string;
    readonly #chat: OpenChat;
    readonly #outbox: Outbox;

    constructor(session: Session, outbox: Outbox, roomId: string) {
        super({ name: "", invited: false, messages: [], reaching: false, whole: false });
        this.roomId = roomId;
        this.#outbox = outbox;
        this.#chat = new OpenChat(session, outbox, roomId);
        this.own(this.#chat.follow());
        this.follow(this.#chat.about, ({ name, invited }) => this.update({ name, invited }));
        this.follow(this.#chat.timeline.messages, (messages) => this.update({ messages }));
    }

    async send(text: string): Promise<void> {
        if (text.trim() === "") return;
        await this.#outbox.add(this.roomId, { type: "m.room.message", content: { msgtype: "m.text", body: text } });
    }

    /** Bring older messages, unless they are on their way. */
    async reachBack(): Promise<void> {
        if (this.value.reaching || this.value.whole) return;
        this.update({ reaching: true });
        try {
            this.update({ whole: !(await this.#chat.timeline.older()) });
        } finally {
            this.update({ reaching: false });
        }
    }

    async join(): Promise<void> {
        await this.#chat.join();
    }

    async decline(): Promise<void> {
        await this.#chat.leave();
    }

    async markRead(): Promise<void> {
        await this.#chat.timeline.markRead();
    }
}
