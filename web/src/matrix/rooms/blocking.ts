/* People of whom one wants to hear nothing: the server keeps what they say from all of one's devices, and does not tell
 * them. And telling those who run the server about somebody. spec: client-server-api#ignoring-users */

import { EventType, Method } from "matrix-js-sdk/lib/matrix";

import type { Followed, Stop } from "../../platform/observable.ts";
import { AccountSetting, type Form } from "../account/account_setting.ts";
import type { Session } from "../session/session.ts";

/** `name` is how they were called when they were blocked: null of whoever was never let in, who gets no word of their own
 * choice onto the screen. Nobody shows it later, as profiles are shown to those alone who share a chat. */
export type Blocked = { userId: string; name: string | null };

const NAME = "id.amanat.name";

const BLOCKED: Form<readonly Blocked[]> = {
    type: EventType.IgnoredUserList,
    read: ({ ignored_users: ignored }) => {
        const people: [string, unknown][] = typeof ignored === "object" ? Object.entries(ignored ?? {}) : [];
        return people.map(([userId, about]) => ({ userId, name: nameIn(about) }));
    },
    write: (people) => ({
        ignored_users: Object.fromEntries(
            people.map(({ userId, name }) => [userId, name === null ? {} : { [NAME]: name }]),
        ),
    }),
};

export class Blocking {
    readonly #session: Session;
    readonly #people: AccountSetting<readonly Blocked[]>;

    constructor(session: Session) {
        this.#session = session;
        this.#people = new AccountSetting(session, BLOCKED);
    }

    get people(): Followed<readonly Blocked[]> {
        return this.#people.followed;
    }

    follow(): Stop {
        return this.#people.follow();
    }

    /** Hear nothing of somebody any more. */
    async block(person: Blocked): Promise<void> {
        await this.#people.set([...this.#without(person.userId), person]);
    }

    async unblock(userId: string): Promise<void> {
        await this.#people.set(this.#without(userId));
    }

    /** Tell those who run the server about somebody. */
    async report(userId: string, reason: string): Promise<void> {
        const path = `/users/${encodeURIComponent(userId)}/report`;
        await this.#session.client.http.authedRequest(Method.Post, path, undefined, { reason });
    }

    #without(userId: string): readonly Blocked[] {
        return this.people.value.filter((each) => each.userId !== userId);
    }
}

function nameIn(about: unknown): string | null {
    const name: unknown = typeof about === "object" && about !== null && NAME in about ? about[NAME] : null;
    return typeof name === "string" ? name : null;
}
