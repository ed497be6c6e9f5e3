/* Whether one wants offers of the business in a chat, and choosing it. */

import type { OffersChoice } from "../matrix/timeline/offers.ts";
import type { Followed } from "../platform/observable.ts";
import { ViewModel } from "./view_model.ts";

export type OffersState = {
    /** The business sends offers: there is something to choose. */
    offered: boolean;
    wanted: boolean;
    /** It was chosen, and the business has not said yet that it holds. */
    waiting: boolean;
    failed: boolean;
};

export type OffersGround = {
    choice: Followed<OffersChoice | null>;
    /** Say in the chat what one chooses. */
    say: (wanted: boolean, words: string) => Promise<void>;
};

export class Offers extends ViewModel<OffersState> {
    readonly #ground: OffersGround;
    /** What was chosen here, until the business says something newer. */
    #chosen: { wanted: boolean; after: string } | null = null;

    constructor(ground: OffersGround) {
        super({ offered: false, wanted: false, waiting: false, failed: false });
        this.#ground = ground;
        this.follow(ground.choice, () => this.#look());
    }

    /** Choose; `words` say so in the chat. */
    async choose(wanted: boolean, words: string): Promise<void> {
        const { value } = this.#ground.choice;
        if (value === null || wanted === this.value.wanted) return;
        this.#chosen = { wanted, after: value.at };
        this.update({ failed: false });
        this.#look();
        try {
            await this.#ground.say(wanted, words);
        } catch {
            this.#chosen = null;
            this.update({ failed: true });
            this.#look();
        }
    }

    #look(): void {
        const { value } = this.#ground.choice;
        if (value === null) {
            this.update({ offered: false });
            return;
        }
        if (this.#chosen !== null && this.#chosen.after !== value.at) this.#chosen = null;
        const chosen = this.#chosen?.wanted ?? value.chosen;
        this.update({ offered: true, wanted: chosen ?? value.standing, waiting: chosen !== null });
    }
}
