/* What was delivered to a bot's program: the last tries, what each brought when somebody asks, and doing one again. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { BotApi, BotState, OpenedTry, Try } from "../api/bot_api.ts";
import { acting } from "./acting.ts";
import { newest } from "./newest.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export { type BotState, TEST, type Try } from "../api/bot_api.ts";

/** What is done with no try, among what is `busy`. */
export const TESTING = -1;

export type DeliveriesState = {
    /** Null until they have come. */
    bot: BotState | null;
    tries: readonly Try[] | null;
    /** What was looked at, by the position of its try; it is on no disk. */
    opened: ReadonlyMap<number, OpenedTry>;
    /** The tries with which something is being done. */
    busy: ReadonlySet<number>;
    trouble: Trouble | null;
};

export type DeliveriesGround = {
    api: BotApi;
    /** Editors see no word of what people wrote. */
    mayOpen: boolean;
    changed: (listener: () => void) => Stop;
};

export class Deliveries extends ViewModel<DeliveriesState> {
    readonly mayOpen: boolean;
    readonly #api: BotApi;
    readonly #newest = newest();

    constructor({ api, mayOpen, changed }: DeliveriesGround) {
        super({ bot: null, tries: null, opened: new Map(), busy: new Set(), trouble: null });
        this.mayOpen = mayOpen;
        this.#api = api;
        this.own(changed(() => this.refresh()));
        void this.refresh();
    }

    async refresh(): Promise<void> {
        await this.#newest(
            Promise.all([this.#api.state(), this.#api.tries()]),
            ([bot, tries]) => this.update({ bot, tries, opened: this.#still(tries), trouble: null }),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    /** Show what a try brought, or show it no more. */
    async look(position: number): Promise<void> {
        const { opened } = this.value;
        if (opened.has(position)) {
            this.update({ opened: new Map([...opened].filter(([each]) => each !== position)) });
            return;
        }
        await this.#act(position, async () => {
            const brought = await this.#api.open(position);
            this.update({ opened: new Map(this.value.opened).set(position, brought) });
        });
    }

    /** Deliver the same again; return whether it waits to be. */
    replay(position: number): Promise<boolean> {
        return this.#act(position, async () => {
            await this.#api.replay(position);
            await this.refresh();
        });
    }

    /** Deliver a test, and show how it went. */
    test(): Promise<boolean> {
        return this.#act(TESTING, async () => {
            await this.#api.test();
            await this.refresh();
        });
    }

    #still(tries: readonly Try[]): ReadonlyMap<number, OpenedTry> {
        const there = new Set(tries.map(({ position }) => position));
        return new Map([...this.value.opened].filter(([position]) => there.has(position)));
    }

    #act(position: number, act: () => Promise<void>): Promise<boolean> {
        if (this.value.busy.has(position)) return Promise.resolve(false);
        return acting(({ busy, ...change }) => this.update({ ...change, ...this.#busyWith(position, busy) }), act);
    }

    #busyWith(position: number, busy: boolean | undefined): Partial<DeliveriesState> {
        if (busy === undefined) return {};
        const others = [...this.value.busy].filter((each) => each !== position);
        return { busy: new Set(busy ? [...others, position] : others) };
    }
}
