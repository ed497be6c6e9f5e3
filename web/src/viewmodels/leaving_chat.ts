/* The way out of a chat: leaving a group, or deleting a chat of two. */

import { personIn } from "../matrix/rooms/finding.ts";
import { Group, type GroupMember } from "../matrix/rooms/group.ts";
import { deleteChat } from "../matrix/rooms/leaving.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { ViewModel } from "./view_model.ts";

export type LeavingChatState = {
    /** Those who could lead a group after oneself: nobody needs to while another owner is there. */
    successors: readonly GroupMember[];
    busy: boolean;
    failed: boolean;
};

export class LeavingChat extends ViewModel<LeavingChatState> {
    /** The name of whom one chats with; null in a group. */
    readonly person: string | null;
    readonly #session: Session;
    readonly #roomId: string;
    readonly #navigation: Navigation;
    readonly #group: Group | null;

    constructor(session: Session, roomId: string, navigation: Navigation) {
        super({ successors: [], busy: false, failed: false });
        this.#session = session;
        this.#roomId = roomId;
        this.#navigation = navigation;
        this.person = personIn(session, roomId)?.name ?? null;
        this.#group = this.person === null ? new Group(session, roomId) : null;
        if (this.#group === null) return;
        this.own(this.#group.follow());
        this.follow(this.#group.about, ({ members }) => this.update({ successors: successorsAmong(members) }));
    }

    /** Leave, or delete the chat of two, and go to the list; return whether it worked. */
    async leave(successorId: string | null): Promise<boolean> {
        this.update({ busy: true, failed: false });
        try {
            if (this.#group !== null) await this.#group.leave(successorId);
            else await deleteChat(this.#session, this.#roomId);
            this.#goAway();
            return true;
        } catch {
            this.update({ failed: true });
            return false;
        } finally {
            this.update({ busy: false });
        }
    }

    /** Who left from the list may be looking at another chat. */
    #goAway(): void {
        const [, open] = this.#navigation.place.value;
        if (open === this.#roomId) this.#navigation.go(["chats"], { replace: true });
    }
}

/** Return those who could lead a group after oneself, if somebody has to. */
export function successorsAmong(members: readonly GroupMember[]): readonly GroupMember[] {
    const others = members.filter(({ me, standing }) => !me && standing === "joined");
    const own = members.find(({ me }) => me);
    return own?.role !== "owner" || others.some(({ role }) => role === "owner") ? [] : others;
}
