/* Beginning something: a chat with one person, a group, or showing others how to find oneself. */

import { contacts, findByHandle, ownHandle, type Person } from "../matrix/rooms/finding.ts";
import { makeGroup } from "../matrix/rooms/groups.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { Approach, type Approached, type ApproachProblem } from "./approach.ts";
import type { ChatLabels } from "./chat_labels.ts";
import { beginningOf } from "./link_text.ts";
import type { LinkWords } from "./link_words.ts";
import { ViewModel } from "./view_model.ts";

export type NewChatState = {
    /** The people one chats with, to choose from. */
    contacts: readonly Person[];
    /** Who is to be in the new group. */
    chosen: readonly Person[];
    /** One's own handle; null until it is known, or where there is none. */
    handle: string | null;
    /** After what time messages of the new chat disappear; null: never. */
    maxAgeMs: number | null;
    /** A service that one is about to write to, and may still turn away from. */
    approached: Approached | null;
};

type NewChatGround = { navigation: Navigation; labels: ChatLabels; words: LinkWords };

export class NewChat extends ViewModel<NewChatState> {
    readonly #session: Session;
    readonly #navigation: Navigation;
    readonly #approach: Approach;
    readonly #words: LinkWords;

    constructor(session: Session, { navigation, labels, words }: NewChatGround) {
        super({ contacts: [], chosen: [], handle: null, maxAgeMs: null, approached: null });
        this.#session = session;
        this.#approach = new Approach(session, labels);
        this.#navigation = navigation;
        this.#words = words;
    }

    /** Look up what the sheets show. */
    begin(): void {
        this.update({ contacts: contacts(this.#session), chosen: [], maxAgeMs: null, approached: null });
        if (this.value.handle !== null) return;
        ownHandle(this.#session).then(
            (handle) => this.update({ handle }),
            () => {},
        );
    }

    /** Go to a chat with whoever has a handle, or as far as to who runs it; return why that came to nothing. */
    async start(handle: string): Promise<ApproachProblem | null> {
        const reached = await this.#approach.to(handle, this.value.maxAgeMs);
        if (typeof reached === "object" && "service" in reached) this.update({ approached: reached.service });
        else return this.#go(reached);
        return null;
    }

    /** Begin the chat with the service that one has looked at. */
    async goOn(): Promise<ApproachProblem | null> {
        const { approached, maxAgeMs } = this.value;
        if (approached === null) return null;
        const reached = await this.#approach.goOn(approached, maxAgeMs);
        const said = beginningOf(approached);
        // The chat is there whatever becomes of the word: it may be written by hand.
        if (typeof reached === "object" && said !== null) await this.#words.send(reached.roomId, said).catch(() => {});
        return this.#go(reached);
    }

    /** Turn away from it: it has heard of nothing. */
    turnAway(): void {
        this.update({ approached: null });
    }

    #go(reached: { roomId: string } | ApproachProblem): ApproachProblem | null {
        if (typeof reached === "string") return reached;
        this.update({ approached: null });
        this.#navigation.go(["chats", reached.roomId]);
        return null;
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
    async add(handle: string): Promise<ApproachProblem | null> {
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
    async makeGroup(name: string, topic: string): Promise<ApproachProblem | null> {
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
