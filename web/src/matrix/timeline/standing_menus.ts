/* How the menus of a chat stand: which can still be answered, and what was chosen. Pure but for what it remembers, so that
 * messages that stay as they are stay the same objects. */

import type { Menu } from "./menus.ts";
import type { Message } from "./message.ts";

/** What has been said behind a message, walking back from the newest. */
type Later = {
    /** What oneself chose last, by the message that it was chosen of. */
    chosen: Map<string, string>;
    /** Who has offered something since. */
    offering: Set<string>;
    /** Who has spoken since. */
    speaking: Set<string>;
    /** Who has spoken since oneself said something. */
    goneOn: Set<string>;
};

type Standing = Pick<Menu, "state" | "chosen">;

export class StandingMenus {
    #made = new WeakMap<Message, Message>();

    /** Return messages with their menus as they stand; `atEnd` where the newest is among them. */
    stand(messages: readonly Message[], atEnd: boolean): readonly Message[] {
        if (!messages.some(({ menu }) => menu !== null)) return messages;
        const later: Later = { chosen: new Map(), offering: new Set(), speaking: new Set(), goneOn: new Set() };
        return messages
            .toReversed()
            .map((message) => {
                const standing = standingOf(message, later, atEnd);
                note(message, later);
                return standing === null ? message : this.#with(message, standing);
            })
            .toReversed();
    }

    #with(message: Message, { state, chosen }: Standing): Message {
        const { menu } = message;
        if (menu === null || (menu.state === state && menu.chosen === chosen)) return message;
        const before = this.#made.get(message);
        if (before?.menu?.state === state && before.menu.chosen === chosen) return before;
        const made = { ...message, menu: { ...menu, state, chosen } };
        this.#made.set(message, made);
        return made;
    }
}

function standingOf({ id, senderId, menu }: Message, later: Later, atEnd: boolean): Standing | null {
    if (menu === null) return null;
    const chosen = later.chosen.get(id) ?? null;
    if (menu.choices.some((choice) => choice.id === chosen)) return { state: "chosen", chosen };
    const passed = !atEnd || later.offering.has(senderId) || later.goneOn.has(senderId);
    return { state: passed ? "passed" : "open", chosen: null };
}

function note({ mine, senderId, menu, answers, body }: Message, later: Later): void {
    if (body.kind === "notice" || body.kind === "deleted") return;
    if (mine) {
        if (answers !== null && !later.chosen.has(answers.menuId)) later.chosen.set(answers.menuId, answers.choiceId);
        for (const speaker of later.speaking) later.goneOn.add(speaker);
        return;
    }
    later.speaking.add(senderId);
    if (menu !== null) later.offering.add(senderId);
}
