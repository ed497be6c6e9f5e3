/* An invitation that one has not answered. A stranger's shows neither name nor picture until it is accepted. */

import type { ChatSummary, Chats } from "../matrix/list/chats.ts";
import { inviterOf, type Strangers } from "../matrix/rooms/strangers.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { ViewModel } from "./view_model.ts";

export type InvitationState = {
    stranger: boolean;
    /** Of the chat, or of who invites; empty of a stranger. */
    name: string;
    kind: ChatSummary["kind"];
    busy: boolean;
    failed: boolean;
};

type Ground = { chats: Chats; strangers: Strangers; navigation: Navigation };

export class Invitation extends ViewModel<InvitationState> {
    readonly kind = "invitation";
    readonly roomId: string;
    readonly #strangers: Strangers;
    readonly #navigation: Navigation;

    constructor(roomId: string, { chats, strangers, navigation }: Ground) {
        super({ stranger: true, name: "", kind: "person", busy: false, failed: false });
        this.roomId = roomId;
        this.#strangers = strangers;
        this.#navigation = navigation;
        this.follow(chats.list, (list) => {
            const chat = list.find((each) => each.roomId === roomId);
            if (chat !== undefined) this.update({ stranger: chat.stranger, name: chat.name, kind: chat.kind });
        });
    }

    /** Whether it is there to be answered. */
    static isOpen(session: Session, roomId: string): boolean {
        const room = session.client.getRoom(roomId);
        return room !== null && inviterOf(room) !== null;
    }

    accept(): Promise<void> {
        // A community is no chat: it has a place of its own.
        const then = this.#strangers.isCommunity(this.roomId) ? "communities" : null;
        return this.#try(this.#strangers.accept(this.roomId), then);
    }

    decline(): Promise<void> {
        return this.#try(this.#strangers.decline(this.roomId), "chats");
    }

    block(): Promise<void> {
        return this.#try(this.#strangers.block(this.roomId), "chats");
    }

    /** Tell those who run the server who sent it; false if that did not arrive. */
    async report(reason: string): Promise<boolean> {
        return this.#strangers.report(this.roomId, reason).then(
            () => true,
            () => false,
        );
    }

    /** `then` is where one goes when it is done. */
    async #try(act: Promise<void>, then: "chats" | "communities" | null): Promise<void> {
        this.update({ busy: true, failed: false });
        try {
            await act;
            if (then !== null) this.#navigation.go([then], { replace: true });
        } catch {
            this.update({ failed: true });
        } finally {
            this.update({ busy: false });
        }
    }
}
