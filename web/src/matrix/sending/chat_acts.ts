/* What one person can do to a message in a chat, and what the app has to know for that. */

import { EventType, type MatrixEvent, Method, type Room } from "matrix-js-sdk/lib/matrix";

import type { Stop } from "../../platform/observable.ts";
import { grantNumber, ownNumber } from "../account/number_grant.ts";
import { type Picture, publicPicture } from "../rooms/pictures.ts";
import type { Session } from "../session/session.ts";
import type { Answered, Choice } from "../timeline/menus.ts";
import type { Products } from "../timeline/products.ts";
import type { Outbox } from "./outbox.ts";
import { endDraft, voteDraft } from "./polls_sending.ts";
import type { Recipient } from "./warnings.ts";
import {
    answerDraft,
    deletionDraft,
    type Filled,
    filledDraft,
    type Ordering,
    offersDraft,
    orderDraft,
    type Place,
    reactionDraft,
    sharedNumberDraft,
} from "./written.ts";

/** Somebody in a chat. */
export type Person = { userId: string; name: string; picture: Picture | null };

export class ChatActs {
    readonly roomId: string;
    readonly #session: Session;
    readonly #outbox: Outbox;

    constructor(session: Session, outbox: Outbox, roomId: string) {
        this.#session = session;
        this.#outbox = outbox;
        this.roomId = roomId;
    }

    async react(eventId: string, key: string): Promise<void> {
        await this.#outbox.add(this.roomId, reactionDraft(eventId, key));
    }

    /** Delete for everybody: a message, or one's own reaction. */
    async remove(eventId: string): Promise<void> {
        // What has not left this device is dropped here.
        if (await this.#outbox.cancel(eventId)) return;
        await this.#outbox.add(this.roomId, deletionDraft(eventId));
    }

    async vote(pollId: string, answerIds: readonly string[]): Promise<void> {
        await this.#outbox.add(this.roomId, voteDraft(pollId, answerIds));
    }

    /** Take a choice of a menu, in the chat itself or in a branch of it. */
    async answer(menuId: string, choice: Choice, branch: string | null): Promise<void> {
        await this.#outbox.add(this.roomId, answerDraft(menuId, choice, branch));
    }

    /** Return one's number as it is shown; null where the account has none. */
    async ownNumber(): Promise<string | null> {
        return ownNumber(this.#session);
    }

    /** Let who asked read one's number, and then say so: what is said is never more than what is allowed. */
    async shareNumber(
        { userId, words, branch }: { userId: string; words: string; branch: string | null },
        answered: Answered,
    ): Promise<void> {
        await grantNumber(this.#session, userId);
        await this.#outbox.add(this.roomId, sharedNumberDraft(answered, words, branch));
    }

    /** Say whether one wants offers here. */
    async wantOffers(wanted: boolean, words: string): Promise<void> {
        await this.#outbox.add(this.roomId, offersDraft(wanted, words));
    }

    /** Send what was filled in, in the chat itself or in a branch of it. */
    async fillIn(formId: string, filled: Filled, branch: string | null): Promise<void> {
        await this.#outbox.add(this.roomId, filledDraft(formId, filled, branch));
    }

    /** Order of what the message that it answers sells. */
    async order(products: Products, ordering: Ordering, place: Place): Promise<void> {
        await this.#outbox.add(this.roomId, orderDraft(products, ordering, place));
    }

    async endPoll(pollId: string, text: string): Promise<void> {
        await this.#outbox.add(this.roomId, endDraft(pollId, text));
    }

    /** Tell those who run the server of a message. They see who sent it and when, and what is written here. */
    async report(eventId: string, reason: string): Promise<void> {
        const [room, event] = [this.roomId, eventId].map(encodeURIComponent);
        await this.#session.client.http.authedRequest(Method.Post, `/rooms/${room}/report/${event}`, undefined, {
            reason,
        });
    }

    /** Call `listener` with messages of this chat that disappear, until the returned function is called. */
    onGone(listener: (eventIds: readonly string[]) => void): Stop {
        return this.#session.disappearing.onGone((roomId, events) => {
            if (roomId === this.roomId) listener(events.map((event) => event.getId() ?? ""));
        });
    }

    /** Say whether one may delete somebody's message for everybody. */
    mayRemove(senderId: string): boolean {
        if (senderId === this.#session.userId) return true;
        // Who began a chat of two could take back the other's words; nobody expects that of them.
        if (this.#room === null || this.#room.getInvitedAndJoinedMemberCount() <= 2) return false;
        return this.#room.currentState.hasSufficientPowerLevelFor("redact", this.#ownPower);
    }

    /** Return the people one could speak to here, whose name has a word that begins as `term` does. */
    people(term: string, max: number): Person[] {
        const wanted = term.toLocaleLowerCase();
        const members = this.#room?.getJoinedMembers() ?? [];
        return members
            .filter(({ userId }) => userId !== this.#session.userId)
            .map((member) => ({
                userId: member.userId,
                name: member.rawDisplayName ?? "",
                picture: publicPicture(member.getMxcAvatarUrl()),
            }))
            .filter(({ name }) => name !== "" && begins(name.toLocaleLowerCase(), wanted))
            .sort((one, other) => one.name.localeCompare(other.name))
            .slice(0, max);
    }

    /** Bring the people of the chat, whom a sync brings only as they speak. */
    async loadPeople(): Promise<void> {
        await this.#room?.loadMembersIfNeeded();
    }

    /** Return what decides whether something should be thought about before it is sent here. */
    recipient(): Recipient {
        const said = this.#room?.getLiveTimeline().getEvents().filter(isSaid) ?? [];
        const own = said.some((event) => event.getSender() === this.#session.userId);
        const heard = said.findLast((event) => event.getSender() !== this.#session.userId)?.getContent().body;
        const pending = this.#outbox.entries(this.roomId).value.length > 0;
        return { stranger: !own && !pending, lastHeard: typeof heard === "string" ? heard : null };
    }

    /** Return the event of a message that may have been in the queue when one began; null if it has not arrived. */
    eventIdOf({ id, key }: { id: string; key: string }): string | null {
        if (id !== key || id.startsWith("$")) return id;
        const events = this.#room?.getLiveTimeline().getEvents() ?? [];
        const came = events.find((event) => event.getUnsigned().transaction_id === key);
        return came?.getId() ?? this.#outbox.find(key)?.eventId ?? null;
    }

    get #room(): Room | null {
        return this.#session.client.getRoom(this.roomId);
    }

    get #ownPower(): number {
        return this.#room?.getMember(this.#session.userId)?.powerLevel ?? 0;
    }
}

function isSaid(event: MatrixEvent): boolean {
    return event.getType() === EventType.RoomMessage || event.getType() === EventType.RoomMessageEncrypted;
}

function begins(name: string, term: string): boolean {
    return name.startsWith(term) || name.split(/\s+/).some((word) => word.startsWith(term));
}
