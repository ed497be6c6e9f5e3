/* What views need of labels: following them, and going on where something holds messages back. */

import type { Label } from "../matrix/label/label.ts";
import type { Labels } from "../matrix/label/labels.ts";
import { addressOf } from "../platform/navigation.ts";
import type { Followed } from "../platform/observable.ts";
import { ChatDetails } from "./chat_details.ts";

export type { Device, Label, Reader, Reason } from "../matrix/label/label.ts";

/** Return where it is said who can read a chat. */
export function addressOfDetails(roomId: string): string {
    return addressOf(["chats", roomId, "info"]);
}

/** Return where a group says who is in it. */
export function addressOfGroup(roomId: string): string {
    return addressOf(["chats", roomId, "group"]);
}

export class ChatLabels {
    readonly #labels: Labels;

    constructor(labels: Labels) {
        this.#labels = labels;
    }

    /** Return the label of a chat with a service before there is one; null where somebody is none. */
    before(person: { userId: string; name: string }): Promise<Label | null> {
        return this.#labels.before(person);
    }

    /** Somebody has opened a chat: look whether those in it are services, and what they state. */
    visit(roomId: string): void {
        // Without a connection what is remembered has to do.
        void this.#labels.visit(roomId).catch(() => {});
    }

    of(roomId: string): Followed<Label> {
        return this.#labels.of(roomId);
    }

    /** Return who runs somebody's programs in a chat whose label is followed, as far as it is known. */
    hosts(roomId: string, userId: string): readonly string[] {
        const { reasons } = this.#labels.of(roomId).value;
        return reasons.flatMap((reason) => (reason.kind === "hosted" && reason.userId === userId ? reason.host : []));
    }

    /** Return what lies behind the label of a chat; whoever asks disposes of it. */
    details(roomId: string): ChatDetails {
        return new ChatDetails(this.#labels, roomId);
    }

    /** Write to somebody who was looked at; what was held back for them goes. */
    async accept(reason: { kind: string; userId: string }): Promise<void> {
        if (reason.kind === "changed-identity") await this.#labels.acceptKeys(reason.userId);
        else if (reason.kind === "unfit-statement" || reason.kind === "uncheckable-statement")
            await this.#labels.acceptStatement(reason.userId);
        else await this.#labels.acceptApp(reason.userId);
    }

    /** Write on in a group although these services are in it. */
    async admit(roomId: string, userIds: readonly string[]): Promise<void> {
        await this.#labels.admit(roomId, userIds);
    }

    /** Write on in a chat without the devices in it that nobody vouches for. */
    async leaveOut(roomId: string): Promise<void> {
        await this.#labels.leaveOut(roomId);
    }
}
