/* Beginning something: a chat with one person, a group, or showing others how to find oneself. */

import { contacts, findByHandle, ownHandle, type Person } from "../matrix/rooms/finding.ts";
import { makeGroup } from "../matrix/rooms/groups.ts";
import { NobodyFound, startChat } from "../matrix/rooms/new_chat.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { ViewModel } from "./view_model.ts";

export type Problem = "nobody" | "failed";

export type NewChatState = {
    /** The people one chats with, to choose from. */
    contacts: readonly Person[];
    /** Who is to be in the new group. */
    chosen: readonly Person[];
    /** One's own handle; null until it is known, or where there is none. */
    handle: string | null;
    /** After what time messages of the new chat disappear; null: never. */
    maxAgeMs: number | null;
};

export class NewChat extends ViewModel<NewChatState> {
    readonly #session: Session;
    readonly #navigation: Navigation;

    constructor(session: Session, navigation: Navigation) {
        super({ contacts: [], chosen: [], handle: null, maxAgeMs: null });
        this.#session = session;
        this.#navigation = navigation;
    }

    /** Look up what the sheets show. */
    begin(): void {
        this.update({ contacts: contacts(this.#session), chosen: [], maxAgeMs: null });
        if (this.value.handle !== null) return;
        ownHandle(this.#session).then(
            (handle) => this.update({ handle }),
            () => {},
        );
    }

    /** Begin a chat with whoever has a handle, and go there; return why that came to nothing. */
    async start(handle: string): Promise<Problem | null> {
        try {
            this.#navigation.go(["chats", await startChat(this.#session, handle, this.value.maxAgeMs)]);
            return null;
        } catch (error) {
            return error instanceof NobodyFound ? "nobody" : "failed";
        }
    }

    /** Choose after what time messages of the new chat are to disappear. */
    setTimer(maxAgeMs: number | null): void {
        this.update({ maxAgeMs });
    }

    toggle(person: Person): void {
        const { chosen } = this.value;
        const without = chosen.filter(({ userId }) => userId !== person.userId);
        this.update({ chosen: without.length < chosen.length ? without : [...chosen, person] });
    }

    /** Choose whoever has a handle for the new group. */
    async add(handle: string): Promise<Problem | null> {
        try {
            const found = await findByHandle(this.#session, handle);
            if (found === null) return "nobody";
            if (!this.value.chosen.some(({ userId }) => userId === found.userId)) this.toggle(found);
            return null;
        } catch {
            return "failed";
        }
    }

    /** Make a group with those who are chosen, and go there. */
    async makeGroup(name: string, topic: string): Promise<Problem | null> {
        const { chosen, maxAgeMs } = this.value;
        const people = chosen.map(({ userId }) => userId);
        try {
            this.#navigation.go(["chats", await makeGroup(this.#session, { name, topic, people, maxAgeMs })]);
            return null;
        } catch {
            return "failed";
        }
    }
}
