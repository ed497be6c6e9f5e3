/* Several messages that are chosen together, and what can be done with all of them at once. */

import type { Message } from "../matrix/timeline/message.ts";
import { ViewModel } from "./view_model.ts";

/** What can be done with all that are chosen, if it can be done with each. */
export const SHARED_ACTS = ["copy", "forward", "remove"] as const;
export type SharedAct = (typeof SHARED_ACTS)[number];

/** What is done to one message. */
export type Doing = {
    of(message: Message): readonly string[];
    forwardLimit(message: Message): number;
    forward(message: Message, roomIds: readonly string[]): Promise<void>;
    remove(message: Message): Promise<void>;
};

/** `chosen` are in the order in which they were said; while there are none, nobody is choosing. */
export type SelectionState = {
    chosen: readonly Message[];
    /** No more can be chosen. */
    full: boolean;
    acts: readonly SharedAct[];
};

const NOTHING: SelectionState = { chosen: [], full: false, acts: [] };

/** More would keep a queue busy for long, and nobody looks through as many. */
const MOST = 30;

export class Selection extends ViewModel<SelectionState> {
    readonly #doing: Doing;

    constructor(doing: Doing) {
        super(NOTHING);
        this.#doing = doing;
    }

    /** Choose a message, or choose it no longer; nothing becomes of one that cannot be chosen. */
    toggle(message: Message): void {
        const { chosen } = this.value;
        const without = chosen.filter(({ key }) => key !== message.key);
        if (without.length < chosen.length) this.#choose(without);
        else if (this.mayChoose(message)) this.#choose([...chosen, message]);
    }

    mayChoose(message: Message): boolean {
        return !this.value.full && this.#doing.of(message).includes("select");
    }

    end(): void {
        this.update(NOTHING);
    }

    /** To how many chats all of them may be passed on at once. */
    forwardLimit(): number {
        return Math.min(...this.value.chosen.map((message) => this.#doing.forwardLimit(message)));
    }

    /** Pass all of them on, in the order in which they were said. */
    async forward(roomIds: readonly string[]): Promise<void> {
        const { chosen } = this.value;
        this.end();
        for (const message of chosen) await this.#doing.forward(message, roomIds);
    }

    /** Delete all of them for everybody. */
    async remove(): Promise<void> {
        const { chosen } = this.value;
        this.end();
        for (const message of chosen) await this.#doing.remove(message);
    }

    #choose(messages: readonly Message[]): void {
        const chosen = messages.toSorted((one, other) => one.at - other.at);
        const possible = chosen.map((message) => this.#doing.of(message));
        const acts =
            chosen.length === 0 ? [] : SHARED_ACTS.filter((act) => possible.every((each) => each.includes(act)));
        this.update({ chosen, full: chosen.length >= MOST, acts });
    }
}
