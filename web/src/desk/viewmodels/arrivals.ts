/* Who came while the desk had no connection: kept in the browser, and told to the gateway once there is one. */

import type { Stop } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { CheckedIn, Shown } from "../api/day_api.ts";
import { Refused } from "../api/http.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

/** Somebody who came: what they held out, as which number, and when. */
export type Arrival = { shown: Shown; number: string; came_ts: number };

/** `notTaken`: of whom the gateway would not have it, and why. */
export type ArrivalsState = { waiting: readonly Arrival[]; notTaken: readonly (Arrival & { trouble: Trouble })[] };

export type ArrivalsGround = {
    kept: Area<readonly Arrival[]>;
    service: string;
    checkIn: (shown: Shown, came: { came_ts: number }) => Promise<CheckedIn>;
    /** Calls whoever follows the day when it may have changed: also as soon as there is a connection again. */
    changed: (listener: () => void) => Stop;
    wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Nobody says that a connection is back which broke for a moment only. */
const AGAIN_MS = 3_000;

export class Arrivals extends ViewModel<ArrivalsState> {
    readonly #ground: ArrivalsGround;
    readonly #read: Promise<void>;
    readonly #end = new AbortController();
    #telling = false;
    #insisting = false;

    constructor(ground: ArrivalsGround) {
        super({ waiting: [], notTaken: [] });
        this.#ground = ground;
        this.own(() => this.#end.abort());
        this.#read = this.#take();
        this.own(ground.changed(() => void this.tell()));
        void this.#insist();
    }

    /** Keep somebody, once; what returns is in the browser's store. */
    async note(arrival: Arrival): Promise<"kept" | "known"> {
        await this.#read;
        if (this.value.waiting.some(({ number }) => number === arrival.number)) return "known";
        await this.#keep([...this.value.waiting, arrival]);
        void this.#insist();
        return "kept";
    }

    /** Tell the gateway, the first who came first, until it does not answer. Whoever shows the day hears of each. */
    async tell(): Promise<void> {
        await this.#read;
        if (this.#telling) return;
        this.#telling = true;
        try {
            for (const arrival of this.value.waiting) {
                if (this.#end.signal.aborted || !(await this.#tellOne(arrival))) break;
                await this.#keep(this.value.waiting.filter(({ number }) => number !== arrival.number));
            }
        } finally {
            this.#telling = false;
        }
    }

    /** The staff have read who was not taken. */
    forgetNotTaken(): void {
        this.update({ notTaken: [] });
    }

    /** Try until everybody is told of. */
    async #insist(): Promise<void> {
        await this.#read;
        if (this.#insisting) return;
        this.#insisting = true;
        while (this.value.waiting.length > 0 && !this.#end.signal.aborted) {
            await this.#ground.wait(AGAIN_MS, this.#end.signal);
            await this.tell();
        }
        this.#insisting = false;
    }

    async #take(): Promise<void> {
        this.update({ waiting: (await this.#ground.kept.get(this.#ground.service)) ?? [] });
    }

    async #keep(waiting: readonly Arrival[]): Promise<void> {
        await this.#ground.kept.put(this.#ground.service, waiting);
        this.update({ waiting });
    }

    /** Return whether the gateway has answered for somebody. */
    async #tellOne(arrival: Arrival): Promise<boolean> {
        try {
            await this.#ground.checkIn(arrival.shown, { came_ts: arrival.came_ts });
        } catch (error) {
            if (!(error instanceof Refused) || error.status === 401 || error.status === 429) return false;
            // A connection that broke may have brought it: then they are in line already.
            if (error.code !== "ALREADY")
                this.update({ notTaken: [...this.value.notTaken, { ...arrival, trouble: troubleOf(error) }] });
        }
        return true;
    }
}
