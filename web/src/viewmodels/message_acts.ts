/* What can be done with a message, and doing it. */

import type { ChatActs } from "../matrix/sending/chat_acts.ts";
import type { FormDrafts } from "../matrix/sending/form_drafts.ts";
import type { Forwarding, Target } from "../matrix/sending/forwarding.ts";
import type { Outbox } from "../matrix/sending/outbox.ts";
import type { Problem } from "../matrix/sending/send_problems.ts";
import type { Where } from "../matrix/sending/written.ts";
import type { Wanted } from "../matrix/timeline/menus.ts";
import type { Message, Progress } from "../matrix/timeline/message.ts";
import type { PinnedMessages } from "../matrix/timeline/pinned_messages.ts";
import type { Composer } from "./composer.ts";
import { FormFilling } from "./forms/filling.ts";
import { NumberShare } from "./number_share.ts";
import { Ordering, type Product } from "./ordering.ts";
import { Selection } from "./selection.ts";

/** In the order in which a menu shows them. */
export const ACTS = [
    "retry",
    "reply",
    "branch",
    "forward",
    "copy",
    "select",
    "keepSticker",
    "pin",
    "unpin",
    "edit",
    "info",
    "endPoll",
    "report",
    "cancel",
    "remove",
] as const;
export type Act = (typeof ACTS)[number];

export type MessageActsGround = {
    acts: ChatActs;
    outbox: Outbox;
    forwarding: Forwarding;
    composer: Composer;
    formDrafts: FormDrafts;
    pinned: Pick<PinnedMessages, "may" | "has" | "pin" | "unpin">;
    /** Show the branch that grows from a message; null where one is open. */
    openBranch: ((eventId: string) => void) | null;
    /** Whether the chat is one of two. */
    direct: () => boolean;
    /** Return who runs the programs of somebody, as far as it is known. */
    hosts: (userId: string) => readonly string[];
};

/** Lives as long as its chat is open. */
export class MessageActs {
    /** Messages that are chosen together. */
    readonly selection: Selection;
    readonly #ground: MessageActsGround;
    /** Menus whose answer is on its way into the queue. */
    readonly #answering = new Set<string>();

    constructor(ground: MessageActsGround) {
        this.#ground = ground;
        this.selection = new Selection(this);
    }

    /** Return what can be done with a message. */
    of(message: Message): readonly Act[] {
        const possible = this.#possible(message);
        return ACTS.filter((act) => possible.has(act));
    }

    /** Say whether one can react to a message: it must have come to the server. */
    canReact(message: Message): boolean {
        return isThere(message) && says(message);
    }

    reply(message: Message): void {
        this.#ground.composer.reply(message);
    }

    /** Ask about what a message sells, or one thing of it. */
    ask(message: Message, product?: Product): void {
        this.#ground.composer.reply(message, product);
    }

    edit(message: Message): void {
        this.#ground.composer.edit(message);
    }

    openBranch(message: Message): void {
        this.#ground.openBranch?.(message.id);
    }

    /** Pin a message for everybody, or let go of it; say whether that worked. */
    async pin({ id }: Message): Promise<boolean> {
        const { pinned } = this.#ground;
        try {
            await (pinned.has(id) ? pinned.unpin(id) : pinned.pin(id));
            return true;
        } catch {
            return false;
        }
    }

    /** React, or take the same reaction back. */
    async react({ id, reactions }: Message, key: string): Promise<void> {
        const mine = reactions.find((reaction) => reaction.key === key)?.mineId ?? null;
        if (mine === null) await this.#ground.acts.react(id, key);
        else await this.#ground.acts.remove(mine);
    }

    async remove({ id }: Message): Promise<void> {
        await this.#ground.acts.remove(id);
    }

    async retry({ key }: Message): Promise<void> {
        await this.#ground.outbox.retry(key);
    }

    async cancel({ key }: Message): Promise<void> {
        await this.#ground.outbox.cancel(key);
    }

    /** Why a message rests. */
    problem({ key }: Message): Problem | null {
        return this.#ground.outbox.problem(key);
    }

    /** Answer a poll with all the answers one wants; none takes one's answer back. */
    async vote({ id }: Message, answerIds: readonly string[]): Promise<void> {
        await this.#ground.acts.vote(id, answerIds);
    }

    /** Take a choice of a message that can still be answered; nothing comes of it elsewhere. */
    async answer({ id, menu }: Message, choiceId: string): Promise<void> {
        const choice = menu?.state === "open" ? menu.choices.find((each) => each.id === choiceId) : undefined;
        // Whoever presses twice means it once.
        if (choice === undefined || this.#answering.has(id)) return;
        this.#answering.add(id);
        try {
            await this.#ground.acts.answer(id, choice, this.#ground.composer.place.branch);
        } finally {
            this.#answering.delete(id);
        }
    }

    /** Return what a choice asks for beside its words; null where it is but words, or can be taken no more. */
    wants({ menu }: Message, choiceId: string): Wanted | null {
        // In a group others would see who shared something, and a service is told no number there.
        if (menu?.state !== "open" || !this.#ground.direct()) return null;
        return menu.choices.find(({ id }) => id === choiceId)?.wants ?? null;
    }

    /** Begin to share one's number with whoever asked for it; whoever calls it disposes of what is returned. */
    numberFor({ id, senderId, senderName }: Message, choiceId: string): NumberShare {
        const { acts, composer, hosts } = this.#ground;
        return new NumberShare({
            acts,
            answered: { menuId: id, choiceId },
            branch: composer.place.branch,
            userId: senderId,
            name: senderName,
            hosts: hosts(senderId),
        });
    }

    /** Return where a place is sent that somebody asked for. */
    placeFor({ id }: Message, choiceId: string): Where {
        const { acts, composer } = this.#ground;
        return {
            roomId: acts.roomId,
            place: { replyTo: null, branch: composer.place.branch },
            answers: { menuId: id, choiceId },
            answered: () => {},
        };
    }

    /** Go on in words. */
    write(): void {
        this.#ground.composer.summon();
    }

    /** Begin to fill in a message's form, or go on where one was; null where it cannot be filled in. */
    fillIn({ id, form }: Message): FormFilling | null {
        if (form === null || form.sent !== null || !id.startsWith("$")) return null;
        const { acts, composer, formDrafts } = this.#ground;
        return new FormFilling({
            form: form.form,
            begun: formDrafts.of(id),
            keep: (begun) => formDrafts.keep(id, begun),
            send: (filled) => acts.fillIn(id, filled, composer.place.branch),
        });
    }

    /** Begin to order of what a message sells, or go on where one was; null where nothing can be ordered of it. */
    order({ id, mine, senderId, products }: Message): Ordering | null {
        if (products?.cart !== true || mine || !id.startsWith("$")) return null;
        const { acts, composer, formDrafts } = this.#ground;
        return new Ordering({
            products,
            begun: formDrafts.of(id),
            keep: (begun) => formDrafts.keep(id, begun),
            send: (ordering) =>
                acts.order(products, ordering, { replyTo: { id, senderId }, branch: composer.place.branch }),
        });
    }

    async endPoll({ id }: Message, text: string): Promise<void> {
        await this.#ground.acts.endPoll(id, text);
    }

    /** To how many chats a message may be passed on at once. */
    forwardLimit({ id }: Message): number {
        return this.#ground.forwarding.limit(this.#ground.acts.roomId, id);
    }

    /** The chats it may be passed on to. */
    targets(): readonly Target[] {
        return this.#ground.forwarding.targets();
    }

    async forward({ id }: Message, roomIds: readonly string[]): Promise<void> {
        await this.#ground.forwarding.forward(this.#ground.acts.roomId, id, roomIds);
    }

    /** Report a message; false if that did not arrive. */
    async report({ id }: Message, reason: string): Promise<boolean> {
        try {
            await this.#ground.acts.report(id, reason);
            return true;
        } catch {
            return false;
        }
    }

    #possible(message: Message): ReadonlySet<Act> {
        const { mine, body, progress } = message;
        const acts = new Set<Act>();
        const add = (act: Act, holds: boolean) => holds && acts.add(act);
        const there = isThere(message);
        add("retry", rests(progress));
        add("cancel", rests(progress) || progress === "waiting");
        add("copy", body.kind === "text");
        add("select", there && says(message));
        add("keepSticker", there && body.kind === "sticker");
        const { pinned } = this.#ground;
        const mayPin = there && says(message) && message.id.startsWith("$") && pinned.may;
        add("pin", mayPin && !pinned.has(message.id));
        add("unpin", mayPin && pinned.has(message.id));
        add("reply", there && says(message));
        add("branch", there && says(message) && this.#ground.openBranch !== null);
        add("forward", there && says(message) && this.forwardLimit(message) > 0);
        add(
            "edit",
            mine &&
                body.kind === "text" &&
                message.order === null &&
                (there || this.#ground.outbox.canChange(message.key)),
        );
        add("info", mine && there && says(message));
        add("endPoll", mine && body.kind === "poll" && !body.poll.ended);
        add("report", !mine && there && body.kind !== "deleted" && body.kind !== "notice");
        add("remove", there && body.kind !== "notice" && body.kind !== "deleted" && this.#mayRemove(message));
        return acts;
    }

    #mayRemove({ senderId }: Message): boolean {
        return this.#ground.acts.mayRemove(senderId);
    }
}

/** Say whether it waits for somebody to decide about it. */
export function rests(progress: Progress | null): boolean {
    return progress === "failed" || progress === "held";
}

/** Say whether the server has it. */
function isThere({ progress }: Message): boolean {
    return progress === null || progress === "sent" || progress === "read";
}

/** Say whether it says something that one could answer. */
function says({ body: { kind } }: Message): boolean {
    return !["notice", "deleted", "unreadable", "opening"].includes(kind);
}
