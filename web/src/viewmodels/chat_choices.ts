/* What one sets for the chat that is open, as from its row in the list; whom one chats with; and the ways out of it. */

import { type ChatSetting, ChatSettings } from "../matrix/list/chat_settings.ts";
import type { ChatSummary, Chats } from "../matrix/list/chats.ts";
import type { Blocking } from "../matrix/rooms/blocking.ts";
import { type Person, personIn } from "../matrix/rooms/finding.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { LeavingChat } from "./leaving_chat.ts";
import { ViewModel } from "./view_model.ts";

export type ChatChoicesState = {
    /** As the list shows it; null until the list has it. */
    chat: ChatSummary | null;
    /** Whom one chats with; null in a group. */
    person: Person | null;
    /** One hears nothing of them. */
    blocked: boolean;
    busy: boolean;
    /** The last choice did not reach the server; what is shown is what holds. */
    failed: boolean;
};

export type ChatChoicesGround = { session: Session; chats: Chats; blocking: Blocking; navigation: Navigation };

export class ChatChoices extends ViewModel<ChatChoicesState> {
    readonly #ground: ChatChoicesGround;
    readonly #roomId: string;
    readonly #settings: ChatSettings;

    constructor(ground: ChatChoicesGround, roomId: string) {
        super({ chat: null, person: null, blocked: false, busy: false, failed: false });
        this.#ground = ground;
        this.#roomId = roomId;
        this.#settings = new ChatSettings(ground.session);
        this.follow(ground.chats.list, (chats) => this.#look(chats));
        this.follow(ground.blocking.people, () => this.#lookWhom());
    }

    /** Pin, mute, archive or mark the chat; take it back where it is so. */
    async toggle(setting: ChatSetting): Promise<void> {
        const { chat } = this.value;
        if (chat === null) return;
        const done = await this.#try(this.#settings.toggle(chat, setting));
        // Whoever looks at a chat has read it: it is to be found unread in the list.
        if (done && setting === "unread" && !chat.isUnread) this.#ground.navigation.go(["chats"]);
    }

    /** Hear nothing of them any more; what was said stays. */
    async block(): Promise<void> {
        const { person } = this.value;
        if (person !== null) await this.#try(this.#ground.blocking.block(person));
    }

    async unblock(): Promise<void> {
        const { person } = this.value;
        if (person !== null) await this.#try(this.#ground.blocking.unblock(person.userId));
    }

    /** Tell those who run the server about them; false if that did not arrive. */
    async report(reason: string): Promise<boolean> {
        const { person } = this.value;
        if (person === null) return false;
        return this.#ground.blocking.report(person.userId, reason).then(
            () => true,
            () => false,
        );
    }

    /** Return the way out of the chat; whoever asks disposes of it. */
    leaving(): LeavingChat {
        return new LeavingChat(this.#ground.session, this.#roomId, this.#ground.navigation);
    }

    /** The person has seen that something failed. */
    forgive(): void {
        this.update({ failed: false });
    }

    #look(chats: readonly ChatSummary[]): void {
        const chat = chats.find(({ roomId }) => roomId === this.#roomId) ?? null;
        if (chat === this.value.chat) return;
        this.update({ chat });
        this.#lookWhom();
    }

    #lookWhom(): void {
        const person = personIn(this.#ground.session, this.#roomId);
        const blocked =
            person !== null && this.#ground.blocking.people.value.some(({ userId }) => userId === person.userId);
        this.update({ person, blocked });
    }

    async #try(act: Promise<void>): Promise<boolean> {
        this.update({ busy: true, failed: false });
        try {
            await act;
            return true;
        } catch {
            this.update({ failed: true });
            return false;
        } finally {
            this.update({ busy: false });
        }
    }
}
