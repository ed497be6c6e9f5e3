/* Where the words of a link go: into the chat, or to where somebody writes there. */

import type { Drafts } from "../matrix/sending/drafts.ts";
import type { Outbox } from "../matrix/sending/outbox.ts";
import { textDraft } from "../matrix/sending/written.ts";
import { type LinkText, wordsOf } from "./link_text.ts";

type Ground = { outbox: Outbox; drafts: Drafts };

export class LinkWords {
    readonly #ground: Ground;

    constructor(ground: Ground) {
        this.#ground = ground;
    }

    /** Say them: somebody has pressed. */
    async send(roomId: string, said: LinkText): Promise<void> {
        await this.#ground.outbox.add(roomId, textDraft(wordsOf(said), { replyTo: null, branch: null, named: [] }));
    }

    /** Have them begun, behind what was begun there before. */
    async begin(roomId: string, said: LinkText): Promise<void> {
        const { drafts } = this.#ground;
        await drafts.ready;
        const before = drafts.of(roomId);
        const words = wordsOf(said);
        // Whoever opens the link twice has begun it once.
        if (before.text.endsWith(words)) return;
        const text = before.text.trim() === "" ? words : `${before.text.trimEnd()}\n${words}`;
        drafts.keep(roomId, { ...before, text });
    }
}
