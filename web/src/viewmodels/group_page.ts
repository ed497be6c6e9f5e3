/* The page of a group: its people, their roles, its link, and leaving it. */

import { findByHandle } from "../matrix/rooms/finding.ts";
import { type AboutGroup, Group, type Role } from "../matrix/rooms/group.ts";
import { describe, openToAsking, portrayGroup, rename, repeatName } from "../matrix/rooms/groups.ts";
import type { Session } from "../matrix/session/session.ts";
import { addressOf, type Navigation } from "../platform/navigation.ts";
import type { Approached } from "./approach.ts";
import type { ChatLabels } from "./chat_labels.ts";
import { type PictureProblem, portray } from "./faces.ts";
import { LeavingChat } from "./leaving_chat.ts";
import { ViewModel } from "./view_model.ts";

export type GroupPageState = AboutGroup & {
    /** For those who are to join; empty while nobody may ask. */
    link: string;
    /** A service that one is about to bring in, and may still leave where it is. */
    service: Approached | null;
    busy: boolean;
    problem: "nobody" | "failed" | "adminsOnly" | null;
};

export class GroupPage extends ViewModel<GroupPageState> {
    readonly kind = "group";
    readonly roomId: string;
    readonly #session: Session;
    readonly #navigation: Navigation;
    readonly #group: Group;
    readonly #labels: ChatLabels;

    constructor(
        session: Session,
        roomId: string,
        { navigation, labels }: { navigation: Navigation; labels: ChatLabels },
    ) {
        const group = new Group(session, roomId);
        super({ ...group.about.value, link: "", service: null, busy: false, problem: null });
        this.#labels = labels;
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

    /** Invite whoever has a handle; a service only as far as to who runs it. Say whether they are invited. */
    async invite(handle: string): Promise<boolean> {
        let invited = false;
        await this.#try(async () => {
            const person = await findByHandle(this.#session, handle);
            if (person === null) return this.update({ problem: "nobody" });
            const label = await this.#labels.before(person);
            if (label === null) {
                await this.#group.invite(person.userId);
                invited = true;
            } else if (this.value.may.bringIn) this.update({ service: { ...person, label, says: null } });
            else this.update({ problem: "adminsOnly" });
        });
        return invited;
    }

    /** Bring in the service that one has looked at: one need not be asked again whether to write on. */
    async bringIn(): Promise<boolean> {
        const { service } = this.value;
        if (service === null) return false;
        const done = await this.#try(async () => {
            await this.#group.invite(service.userId);
            await this.#labels.admit(this.roomId, [service.userId]);
        });
        // Without it the service does not know what the group is called, which keeps nobody waiting.
        if (done && this.value.may.edit) void repeatName(this.#session, this.roomId, service.userId).catch(() => {});
        if (done) this.update({ service: null });
        return done;
    }

    /** Leave it where it is: it has heard of nothing. */
    turnAway(): void {
        this.update({ service: null, problem: null });
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
