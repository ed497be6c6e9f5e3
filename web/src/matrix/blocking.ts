/* People of whom one wants to hear nothing: the server keeps what they say from all of one's devices, and does not tell
 * them. And telling those who run the server about somebody. spec: client-server-api#ignoring-users */

import { EventType, Method } from "matrix-js-sdk/lib/matrix";

import type { Followed, Stop } from "../platform/observable.ts";
import { AccountSetting, type Form } from "./account_setting.ts";
import { handleOf } from "./finding.ts";
import { nameOfMember } from "./people.ts";
import type { Session } from "./session.ts";

/** By their ids. */
const BLOCKED: Form<readonly string[]> = {
    type: EventType.IgnoredUserList,
    read: ({ ignored_users: ignored }) => (typeof ignored === "object" && ignored !== null ? Object.keys(ignored) : []),
    write: (people) => ({ ignored_users: Object.fromEntries(people.map((userId) => [userId, {}])) }),
};

export class Blocking {
    readonly #session: Session;
    readonly #people: AccountSetting<readonly string[]>;

    constructor(session: Session) {
        this.#session = session;
        this.#people = new AccountSetting(session, BLOCKED);
    }

    get people(): Followed<readonly string[]> {
        return this.#people.followed;
    }

    follow(): Stop {
        return this.#people.follow();
    }

    /** Hear nothing of somebody any more. */
    async block(userId: string): Promise<void> {
        await this.#people.set([...this.#without(userId), userId]);
    }

    async unblock(userId: string): Promise<void> {
        await this.#people.set(this.#without(userId));
    }

    /** Tell those who run the server about somebody. */
    async report(userId: string, reason: string): Promise<void> {
        const path = `/users/${encodeURIComponent(userId)}/report`;
        await this.#session.client.http.authedRequest(Method.Post, path, undefined, { reason });
    }

    /** Return how somebody is called in a chat that one shares with them, else their handle: who was never let in gets
     * no word of their own choice onto the screen. Null where they have none. */
    async nameOf(userId: string): Promise<string | null> {
        const rooms = this.#session.client.getRooms().filter(({ roomId }) => this.#session.isIn(roomId));
        const member = rooms.map((room) => room.getMember(userId)).find((each) => each !== null);
        if (member !== undefined) return nameOfMember(member, userId);
        const handle = await handleOf(this.#session, userId).catch(() => null);
        return handle === null ? null : `@${handle}`;
    }

    #without(userId: string): readonly string[] {
        return this.people.value.filter((each) => each !== userId);
    }
}
