/* One chat that is open: who it is with, what was said in it, and what is being written. */

import { OpenChat } from "../matrix/open_chat.ts";
import type { Outbox } from "../matrix/outbox.ts";
import type { Session } from "../matrix/session.ts";
import type { Place } from "../platform/navigation.ts";
import { Log, type LogGround } from "./log.ts";
import { ViewModel } from "./view_model.ts";

export type ChatState = {
    name: string;
    /** One has been asked in and has not answered. */
    invited: boolean;
    /** More than two are in it: each message says who speaks. */
    group: boolean;
    /** The names of those who are writing. */
    typing: readonly string[];
    /** What lies behind the chat's own place: `["info"]`, or `["thread", id]`. */
    place: Place;
    /** The branch that is open beside the chat. */
    branch: { id: string; log: Log } | null;
};

export type ChatGround = LogGround & { session: Session; outbox: Outbox };

export class Chat extends ViewModel<ChatState> {
    readonly roomId: string;
    readonly log: Log;
    readonly #chat: OpenChat;
    readonly #ground: ChatGround;

    constructor(ground: ChatGround, roomId: string) {
        super({ name: "", invited: false, group: false, typing: [], place: [], branch: null });
        this.roomId = roomId;
        this.#ground = ground;
        this.#chat = new OpenChat(ground.session, ground.outbox, roomId);
        this.own(this.#chat.follow());
        this.follow(this.#chat.about, (about) => this.update(about));
        this.log = new Log(this.#chat.timeline, ground);
        this.own(() => this.log.dispose());
        this.own(() => this.value.branch?.log.dispose());
    }

    /** Show what lies behind the chat's own place. */
    visit(place: Place): void {
        const [what, id] = place;
        const branch = what === "thread" ? id : undefined;
        const before = this.value.branch;
        this.update({ place });
        if (before?.id === branch) return;
        before?.log.dispose();
        const log = branch === undefined ? null : new Log(this.#chat.branch(branch), this.#ground);
        this.update({ branch: branch === undefined || log === null ? null : { id: branch, log } });
    }

    async send(text: string): Promise<void> {
        if (text.trim() === "") return;
        const content = { msgtype: "m.text", body: text };
        await this.#ground.outbox.add(this.roomId, { type: "m.room.message", content });
    }

    async join(): Promise<void> {
        await this.#chat.join();
    }

    async decline(): Promise<void> {
        await this.#chat.leave();
    }
}
