/* The way to a chat with somebody. Of a service one learns who runs it before it hears anything of oneself. */

import type { Introduction } from "../matrix/label/introduction.ts";
import type { Label } from "../matrix/label/label.ts";
import { publishedIntroduction } from "../matrix/label/published_introduction.ts";
import type { Person } from "../matrix/rooms/finding.ts";
import { chatWith, makeChat, NobodyFound, personCalled } from "../matrix/rooms/new_chat.ts";
import type { Session } from "../matrix/session/session.ts";
import type { ChatLabels } from "./chat_labels.ts";

/** A service that one is about to write to, with the label that the chat would have, and what it says of itself. */
export type Approached = Person & { label: Label; says: Introduction | null };

/** Somebody who was looked up, and hears nothing of it; `service` is null of who is none. */
export type LookedUp = { person: Person; service: Approached | null; roomId: string | undefined };

/** Where one has come to: a chat, or a service that one may still turn away from. */
export type Reached = { roomId: string } | { service: Approached };

export type ApproachProblem = "nobody" | "failed";

export class Approach {
    readonly #session: Session;
    readonly #labels: ChatLabels;

    constructor(session: Session, labels: ChatLabels) {
        this.#session = session;
        this.#labels = labels;
    }

    /** Go to whoever has a handle; `maxAgeMs` is the timer of a new chat. */
    async to(handle: string, maxAgeMs: number | null): Promise<Reached | ApproachProblem> {
        return this.#tried(async () => {
            const person = await personCalled(this.#session, handle);
            const roomId = chatWith(this.#session, person.userId);
            if (roomId !== undefined) return { roomId };
            const service = await this.#service(person);
            if (service !== null) return { service };
            return { roomId: await makeChat(this.#session, person.userId, maxAgeMs) };
        });
    }

    /** Look up whoever has a handle, and go no further. */
    async look(handle: string): Promise<LookedUp | ApproachProblem> {
        return this.#tried(async () => {
            const person = await personCalled(this.#session, handle);
            return { person, service: await this.#service(person), roomId: chatWith(this.#session, person.userId) };
        });
    }

    /** Begin the chat with somebody whom one has looked at. */
    async goOn({ userId }: Person, maxAgeMs: number | null): Promise<{ roomId: string } | ApproachProblem> {
        return this.#tried(async () => ({ roomId: await makeChat(this.#session, userId, maxAgeMs) }));
    }

    async #service(person: Person): Promise<Approached | null> {
        const label = await this.#labels.before(person);
        if (label === null) return null;
        // Who runs it has to be known; what it says of itself may be missing.
        const says = await publishedIntroduction(this.#session.client, person.userId).catch(() => null);
        return { ...person, label, says };
    }

    async #tried<Result>(act: () => Promise<Result>): Promise<Result | ApproachProblem> {
        try {
            return await act();
        } catch (error) {
            return error instanceof NobodyFound ? "nobody" : "failed";
        }
    }
}
