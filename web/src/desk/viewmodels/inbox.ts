/* The chats that wait for somebody, those that one has, and all; and the one that is open. */

import type { Navigation } from "../../platform/navigation.ts";
import type { Area } from "../../platform/vault.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Chat, Colleague, InboxApi, QuickReply, Shelf } from "../api/inbox_api.ts";
import { Conversation } from "./conversation.ts";
import { newest } from "./newest.ts";
import { Once } from "./once.ts";
import type { Pulse } from "./pulse.ts";
import type { Draft } from "./reply_box.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export { type Chat, type LineKind, SHELVES, type Shelf } from "../api/inbox_api.ts";

export type InboxState = {
    show: Shelf;
    /** Null until they have come. */
    chats: readonly Chat[] | null;
    counts: Readonly<Record<Shelf, number>>;
    trouble: Trouble | null;
    open: Conversation | null;
};

export type InboxGround = {
    api: InboxApi;
    pulse: Pulse;
    navigation: Navigation;
    /** The service's id, with which its places and drafts begin. */
    service: string;
    drafts: Area<Draft>;
    mint: () => string;
};

export class Inbox extends ViewModel<InboxState> {
    readonly #ground: InboxGround;
    readonly #newest = newest();
    readonly #often: Once<readonly QuickReply[]>;
    readonly #colleagues: Once<readonly Colleague[]>;

    constructor(ground: InboxGround) {
        super({ show: "waiting", chats: null, counts: { waiting: 0, mine: 0, all: 0 }, trouble: null, open: null });
        this.#ground = ground;
        this.#often = new Once(() => ground.api.quickReplies());
        this.#colleagues = new Once(() => ground.api.colleagues());
        this.own(ground.pulse.on("inbox", () => this.refresh()));
        // What is published may say something else often, and who works here may change.
        this.own(ground.pulse.on("flow", () => this.#often.forget()));
        this.own(ground.pulse.on("staff", () => this.#colleagues.forget()));
        this.own(() => this.value.open?.dispose());
        void this.refresh();
    }

    show(show: Shelf): void {
        this.update({ show, chats: null });
        void this.refresh();
    }

    async refresh(): Promise<void> {
        await this.#newest(
            this.#ground.api.list(this.value.show),
            ({ chats, counts }) => this.update({ chats, counts, trouble: null }),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    /** Open a chat by its id, or none. */
    open(room: string | null): void {
        const { open } = this.value;
        if ((open?.room ?? null) === room) return;
        open?.dispose();
        this.update({ open: room === null ? null : this.#conversation(room) });
    }

    /** Go to a chat, or back to the list. */
    go(room: string | null): void {
        const { navigation, service } = this.#ground;
        navigation.go([service, "inbox", ...(room === null ? [] : [room])]);
    }

    /** Go to the next chat of the list, or the one before. */
    step(by: number): void {
        const chats = this.value.chats ?? [];
        const at = chats.findIndex(({ room_id }) => room_id === this.value.open?.room);
        const next = at < 0 && by < 0 ? chats.length - 1 : at + by;
        const room = chats[(next + chats.length) % chats.length]?.room_id;
        if (room !== undefined) this.go(room);
    }

    #conversation(room: string): Conversation {
        const { api, pulse, drafts, service, mint } = this.#ground;
        return new Conversation({
            api,
            room,
            pulse,
            drafts,
            draftKey: `${service} ${room}`,
            mint,
            quickReplies: () => this.#often.ask(),
            colleagues: () => this.#colleagues.ask(),
        });
    }
}
