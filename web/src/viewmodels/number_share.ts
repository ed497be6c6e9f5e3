/* Sharing one's phone number with whoever asked for it: which number, who will know it, and saying yes or not. */

import type { ChatActs } from "../matrix/sending/chat_acts.ts";
import type { Answered } from "../matrix/timeline/menus.ts";
import { ViewModel } from "./view_model.ts";

export type NumberShareState = {
    /** `none`: the account has no number. `unknown`: the server could not be asked. `failed`: it was not shared. */
    step: "looking" | "none" | "unknown" | "ready" | "sharing" | "failed" | "shared";
    /** As it is shown, all but its ends hidden. */
    masked: string;
};

export type NumberShareGround = {
    acts: Pick<ChatActs, "ownNumber" | "shareNumber">;
    answered: Answered;
    branch: string | null;
    /** Who asks. */
    userId: string;
    /** What they are called. */
    name: string;
    /** Who runs the programs of who asks, as far as it is known: they will know the number too. */
    hosts: readonly string[];
};

/** Lives while it is asked. */
export class NumberShare extends ViewModel<NumberShareState> {
    readonly name: string;
    readonly hosts: readonly string[];
    readonly #ground: NumberShareGround;

    constructor(ground: NumberShareGround) {
        super({ step: "looking", masked: "" });
        this.#ground = ground;
        this.name = ground.name;
        this.hosts = ground.hosts;
        void this.look();
    }

    /** Ask which number one has. */
    async look(): Promise<void> {
        this.update({ step: "looking" });
        try {
            const masked = await this.#ground.acts.ownNumber();
            this.update(masked === null ? { step: "none" } : { step: "ready", masked });
        } catch {
            this.update({ step: "unknown" });
        }
    }

    /** Share it; `words` say so in the chat. */
    async agree(words: string): Promise<void> {
        if (this.value.step !== "ready" && this.value.step !== "failed") return;
        this.update({ step: "sharing" });
        const { acts, answered, branch, userId } = this.#ground;
        try {
            await acts.shareNumber({ userId, words, branch }, answered);
            this.update({ step: "shared" });
        } catch {
            this.update({ step: "failed" });
        }
    }
}
