/* What one may begin a chat with, as the bot offers it: until one has said something there. */

import type { Stop } from "../platform/observable.ts";
import type { Log } from "./log.ts";
import { ViewModel } from "./view_model.ts";

export type BeginningState = { prompts: readonly string[] };

export type BeginningGround = {
    log: Log;
    /** Return what the bot one chats with offers; none with who is no bot. Rejects without a connection. */
    offered: () => Promise<readonly string[]>;
    /** Call when that may have become something else. */
    changed: (listener: () => void) => Stop;
    /** Say one of them. */
    say: (prompt: string) => Promise<unknown>;
};

export class Beginning extends ViewModel<BeginningState> {
    readonly #ground: BeginningGround;
    /** One was taken, and is on its way to the list. */
    #taken = false;

    constructor(ground: BeginningGround) {
        super({ prompts: [] });
        this.#ground = ground;
        this.own(ground.log.subscribe(() => void this.#look()));
        this.own(ground.changed(() => void this.#look()));
        void this.#look();
    }

    /** Say one; once, however often it is pressed. */
    async take(prompt: string): Promise<void> {
        if (this.#taken) return;
        this.#taken = true;
        this.update({ prompts: [] });
        try {
            await this.#ground.say(prompt);
        } catch {
            this.#taken = false;
            await this.#look();
        }
    }

    async #look(): Promise<void> {
        if (!this.#isFresh()) {
            if (this.value.prompts.length > 0) this.update({ prompts: [] });
            return;
        }
        if (this.value.prompts.length > 0) return;
        const prompts = await this.#ground.offered().catch(() => []);
        if (prompts.length > 0 && this.#isFresh()) this.update({ prompts });
    }

    /** Whether all of the chat is here, and nothing in it is one's own. */
    #isFresh(): boolean {
        const { loading, whole } = this.#ground.log.value;
        if (this.#taken || loading || !whole) return false;
        return this.#ground.log.newest(({ mine, body }) => mine && body.kind !== "notice") === null;
    }
}
