/* Invitations from people whom one does not know.
 * Somebody is known who shares a chat with one, or whose group one has asked to join. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { ClientPrefix, Method, type Room } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import type { AskedGroups } from "./asked_groups.ts";
import type { Blocking } from "./blocking.ts";
import { rememberDirect } from "./direct.ts";
import { became } from "./leaving.ts";

/** What is known of who sent an invitation: `unanswered` when the server could not be asked. */
type Standing = "known" | "stranger" | "unanswered";

export class Strangers {
    readonly #session: Session;
    readonly #asked: AskedGroups;
    readonly #blocking: Blocking;
    /** By room; none before the server has been asked. */
    readonly #standings = new Map<string, Standing>();
    /** The rooms of whose inviter the server is being asked. */
    readonly #asking = new Set<string>();
    readonly #judged = new Observable<readonly string[]>([]);

    constructor(session: Session, { asked, blocking }: { asked: AskedGroups; blocking: Blocking }) {
        this.#session = session;
        this.#asked = asked;
        this.#blocking = blocking;
    }

    /** The rooms of whose inviter something was found out. */
    get judged(): Followed<readonly string[]> {
        return this.#judged;
    }

    /** Whether to hide what an invitation says: always, until its sender is found to be known. */
    masks(room: Room): boolean {
        const inviter = inviterOf(room);
        if (this.#asked.has(room.roomId)) return false;
        if (inviter === null) return true;
        // Asked of each invitation anew: who was a stranger last time may have become a friend.
        const standing = this.#standings.get(room.roomId);
        if (standing === undefined || standing === "unanswered") void this.#ask(room.roomId, inviter);
        return standing !== "known";
    }

    /** Whether it is about to be known if an invitation is a stranger's: until then it has no place in the list. */
    wonders(room: Room): boolean {
        const { roomId } = room;
        return inviterOf(room) !== null && this.masks(room) && !this.#standings.has(roomId) && this.#asking.has(roomId);
    }

    /** Whether one is asked into a community, and not into a chat. */
    isCommunity(roomId: string): boolean {
        return this.#session.client.getRoom(roomId)?.isSpaceRoom() ?? false;
    }

    async accept(roomId: string): Promise<void> {
        const { client } = this.#session;
        const direct = client.getRoom(roomId)?.getDMInviter();
        await client.joinRoom(roomId);
        if (direct !== undefined) await rememberDirect(this.#session, direct, roomId);
    }

    async decline(roomId: string): Promise<void> {
        await this.#session.client.leave(roomId);
    }

    /** Hear nothing of somebody any more; their invitation is declined. */
    async block(roomId: string): Promise<void> {
        const { client } = this.#session;
        const room = client.getRoom(roomId);
        const inviter = room === null ? null : inviterOf(room);
        // First: of a blocked person's rooms the server says nothing any more, not even that one has left.
        await this.decline(roomId);
        if (room !== null) await became(room, (membership) => membership !== KnownMembership.Invite);
        if (inviter !== null) await this.#blocking.block({ userId: inviter, name: null });
    }

    /** Tell those who run the server about whoever sent an invitation. */
    async report(roomId: string, reason: string): Promise<void> {
        const room = this.#session.client.getRoom(roomId);
        const inviter = room === null ? null : inviterOf(room);
        if (inviter === null) throw new Error("An invitation has a sender.");
        await this.#blocking.report(inviter, reason);
    }

    async #ask(roomId: string, inviter: string): Promise<void> {
        if (this.#asking.has(roomId)) return;
        this.#asking.add(roomId);
        const standing = await this.#standingOf(inviter);
        this.#asking.delete(roomId);
        // Where nobody answers a second time nothing is new, and whoever was told of it would only ask again.
        const isNew = this.#standings.get(roomId) !== standing;
        this.#standings.set(roomId, standing);
        if (isNew) this.#judged.set([roomId]);
    }

    async #standingOf(inviter: string): Promise<Standing> {
        const { client } = this.#session;
        try {
            const { joined } = await client.http.authedRequest<{ joined: string[] }>(
                Method.Get,
                "/mutual_rooms",
                { user_id: inviter },
                undefined,
                { prefix: ClientPrefix.V1 },
            );
            return joined.length === 0 ? "stranger" : "known";
        } catch {
            return "unanswered";
        }
    }
}

/** Return who sent the invitation that one has to a room. */
export function inviterOf(room: Room): string | null {
    if (room.getMyMembership() !== KnownMembership.Invite) return null;
    return room.getMember(room.myUserId)?.events.member?.getSender() ?? null;
}
