/* Which forms of a chat one has sent. Pure but for what it remembers, so that messages that stay as they are stay the
 * same objects. */

import type { Message } from "./message.ts";

export class StandingForms {
    #made = new WeakMap<Message, Message>();

    /** Return messages with their forms as they stand: the last answer counts. */
    stand(messages: readonly Message[]): readonly Message[] {
        if (!messages.some(({ form }) => form !== null)) return messages;
        const sent = new Map(
            messages.flatMap(({ mine, fills, body }) =>
                mine && fills !== null && body.kind === "text" ? [[fills, body.text] as const] : [],
            ),
        );
        return messages.map((message) => this.#with(message, sent.get(message.id) ?? null));
    }

    #with(message: Message, sent: string | null): Message {
        const { form } = message;
        if (form === null || form.sent === sent) return message;
        const before = this.#made.get(message);
        if (before?.form?.sent === sent) return before;
        const made = { ...message, form: { ...form, sent } };
        this.#made.set(message, made);
        return made;
    }
}
