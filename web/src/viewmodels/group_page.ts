/* The page of a group: its people, their roles, its link, and leaving it. */

import { type AboutGroup, Group, type Role } from "../matrix/rooms/group.ts";
import { describe, openToAsking, portrayGroup, rename } from "../matrix/rooms/groups.ts";
import type { Session } from "../matrix/session/session.ts";
import { addressOf, type Navigation } from "../platform/navigation.ts";
import { type PictureProblem, portray } from "./faces.ts";
import { LeavingChat } from "./leaving_chat.ts";
import { ViewModel } from "./view_model.ts";

export type GroupPageState = AboutGroup & {
    /** For those who are to join; empty while nobody may ask. */
    link: string;
    busy: boolean;
    problem: "nobody" | "failed" | null;
};

export class GroupPage extends ViewModel<GroupPageState> {
    readonly kind = "group";
    readonly roomId: string;
    readonly #session: Session;
    readonly #navigation: Navigation;
    readonly #group: Group;

    constructor(session: Session, roomId: string, navigation: Navigation) {
        const group = new Group(session, roomId);
        super({ ...group.about.value, link: "", busy: false, problem: null });
        this.roomId = roomId;
        this.#session = session;
        this.#navigation = navigation;
        this.#group = group;
        this.own(group.follow());
        this.follow(group.about, (about) => this.update({ ...about, link: this.#link(about) }));
    }

    rename(name: string): Promise<boolean> {
        return this.#try(() => rename(this.#session, this.roomId, name));
    }

    /** Show another picture, or none; return what is wrong. */
    picture(file: Blob | null): Promise<PictureProblem | null> {
        return portray(file, (portrait) => portrayGroup(this.#session, this.roomId, portrait));
    }

    describe(topic: string): Promise<boolean> {
        return this.#try(() => describe(this.#session, this.roomId, topic));
    }

    /** Invite whoever has a handle. */
    async invite(handle: string): Promise<boolean> {
        let found = false;
        const done = await this.#try(async () => {
            found = await this.#group.inviteByHandle(handle);
        });
        if (done && !found) this.update({ problem: "nobody" });
        return done && found;
    }

    letIn(userId: string): Promise<boolean> {
        return this.#try(() => this.#group.invite(userId));
    }

    /** Remove a member, take back an invitation, or refuse who asks. */
    remove(userId: string): Promise<boolean> {
        return this.#try(() => this.#group.remove(userId));
    }

    setRole(userId: string, role: Role): Promise<boolean> {
        return this.#try(() => this.#group.setRole(userId, role));
    }

    openLink(open: boolean): Promise<boolean> {
        return this.#try(() => openToAsking(this.#session, this.roomId, open));
    }

    /** Return the way out of the group; whoever asks disposes of it. */
    leaving(): LeavingChat {
        return new LeavingChat(this.#session, this.roomId, this.#navigation);
    }

    /** The name stands behind the `#`, which no browser sends to a server. */
    #link({ open, name }: AboutGroup): string {
        return open ? addressOf(["join", this.roomId, name]) : "";
    }

    async #try(act: () => Promise<void>): Promise<boolean> {
        this.update({ busy: true, problem: null });
        try {
            await act();
            return true;
        } catch {
            this.update({ problem: "failed" });
            return false;
        } finally {
            this.update({ busy: false });
        }
    }
}
