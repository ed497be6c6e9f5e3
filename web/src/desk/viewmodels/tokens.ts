/* What lets a bot's programs in: which tokens there are, making one, and ending one. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { BotApi, Token, WantedToken } from "../api/bot_api.ts";
import { acting } from "./acting.ts";
import { newest } from "./newest.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export { SCOPES, type Scope, type Token, type WantedToken } from "../api/bot_api.ts";

/** How long one may last, in hours; null: until it is revoked. */
export const LASTING = [8, 24, 7 * 24, 30 * 24, 90 * 24, 365 * 24, null] as const;
export type Lasting = (typeof LASTING)[number];

export type TokensState = {
    /** Null until they have come. */
    tokens: readonly Token[] | null;
    /** The one that was just made: it is shown this once. */
    made: { label: string; token: string } | null;
    busy: boolean;
    trouble: Trouble | null;
};

export class Tokens extends ViewModel<TokensState> {
    readonly #api: BotApi;
    readonly #newest = newest();

    constructor(api: BotApi, changed: (listener: () => void) => Stop) {
        super({ tokens: null, made: null, busy: false, trouble: null });
        this.#api = api;
        this.own(changed(() => this.refresh()));
        void this.refresh();
    }

    async refresh(): Promise<void> {
        await this.#newest(
            this.#api.tokens(),
            (tokens) => this.update({ tokens, trouble: null }),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    /** Make one; return whether there is one more. */
    add(wanted: WantedToken): Promise<boolean> {
        const label = wanted.label.trim();
        if (label === "" || wanted.scopes.length === 0) return Promise.resolve(false);
        return this.#act(async () => {
            const token = await this.#api.add({ ...wanted, label });
            this.update({ made: { label, token } });
        });
    }

    revoke(label: string): Promise<boolean> {
        return this.#act(() => this.#api.revoke(label));
    }

    /** Somebody has put it where it belongs. */
    forgetMade(): void {
        this.update({ made: null });
    }

    #act(act: () => Promise<void>): Promise<boolean> {
        if (this.value.busy) return Promise.resolve(false);
        return acting(
            (change) => this.update(change),
            async () => {
                await act();
                await this.refresh();
            },
        );
    }
}
