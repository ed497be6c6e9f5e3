/* A day of appointments at a place: who comes, who has come, who is served; and checking in. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { DayAct, DayApi, DayLine, DaySheet, Shown } from "../api/day_api.ts";
import type { Place } from "../api/desk_api.ts";
import type { Arrival, Arrivals } from "./arrivals.ts";
import { newest } from "./newest.ts";
import { TICKET } from "./ticket.ts";
import { OFFLINE, type Trouble, troubleOf } from "./trouble.ts";
import { isExpected, type NotExpected, standing } from "./without_network.ts";

/** What came of a check-in or a walk-in: the line it is about, or why not. `noted`: without a connection, to be told
 * later; `listed`: the list that was last seen waits for them. */
export type Outcome =
    | { what: "arrived" | "late" | "walked_in"; line: DayLine }
    | { what: "noted"; number: string; time: string; listed: boolean }
    | { what: "refused"; trouble: Trouble };

export type { DayLine } from "../api/day_api.ts";

export type DayState = {
    place: string;
    /** As `2026-01-05`. */
    date: string;
    /** Null until it has come. */
    sheet: DaySheet | null;
    trouble: Trouble | null;
    outcome: Outcome | null;
    /** Numbers with which something is being done. */
    busy: ReadonlySet<string>;
    /** Somebody is being checked in, or given a number. */
    receiving: boolean;
};

export type DayGround = {
    api: DayApi;
    places: readonly Place[];
    /** Return the date on the wall in a zone, as `2026-01-05`. */
    today: (zone: string) => string;
    now: () => number;
    mint: () => string;
    changed: (listener: () => void) => Stop;
    arrivals: Arrivals;
};

/** What the gateway would say. */
const REFUSALS = {
    forged: "FORGED",
    replaced: "FORGED",
    already: "ALREADY",
    unknown: OFFLINE,
    other_day: "OTHER_DAY",
} as const;

export class Day extends ViewModel<DayState> {
    readonly places: readonly Place[];
    readonly arrivals: Arrivals;
    readonly #now: () => number;
    readonly #today: (zone: string) => string;
    readonly #api: DayApi;
    readonly #mint: () => string;
    readonly #newest = newest();
    /** What was asked for and may or may not have been given: asked again, it is the same number. */
    #walkIn: { place: string; service: string; name: string; txn_id: string } | null = null;

    constructor({ api, places, today, now, mint, changed, arrivals }: DayGround) {
        super({
            place: places[0]?.id ?? "",
            date: today(places[0]?.zone ?? "UTC"),
            sheet: null,
            trouble: null,
            outcome: null,
            busy: new Set(),
            receiving: false,
        });
        this.#api = api;
        this.#mint = mint;
        this.places = places;
        this.#today = today;
        this.#now = now;
        this.arrivals = arrivals;
        this.follow(arrivals, ({ waiting }) => this.#forgetTold(waiting));
        this.own(changed(() => this.refresh()));
        void this.refresh();
    }

    /** Return the date at the place: its zone may be another than that of who looks. */
    today(): string {
        return this.#today(this.places.find(({ id }) => id === this.value.place)?.zone ?? "UTC");
    }

    csvAddress(language: string): string {
        return this.#api.csvAddress(this.value.place, this.value.date, language);
    }

    /** Look at another place or another day. */
    look(at: { place?: string; date?: string }): void {
        this.update({ ...at, sheet: null, outcome: null });
        void this.refresh();
    }

    /** Go to the day before or after. */
    step(days: number): void {
        const moment = new Date(`${this.value.date}T00:00:00Z`);
        moment.setUTCDate(moment.getUTCDate() + days);
        this.look({ date: moment.toISOString().slice(0, 10) });
    }

    async refresh(): Promise<void> {
        const { place, date } = this.value;
        await this.#newest(
            this.#api.sheet(place, date),
            (sheet) => this.update({ sheet, trouble: null }),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    /** Check in whoever holds out a number or a ticket; return whether that was done. */
    async receive(typed: string): Promise<boolean> {
        const text = typed.trim();
        if (text === "") return false;
        const shown: Shown = text.startsWith(TICKET) ? { ticket: text } : { number: text };
        return this.#receive(async () => {
            try {
                const { line, late } = await this.#api.checkIn(shown);
                return { what: late ? "late" : "arrived", line };
            } catch (error) {
                if (troubleOf(error).code !== OFFLINE) throw error;
                return await this.#note(shown, error);
            }
        });
    }

    /** Give a number to somebody without an appointment; return whether there was one. */
    async walkIn({ service, name }: { service: string; name: string }): Promise<boolean> {
        const asked = { place: this.value.place, service, name: name.trim() };
        const before = this.#walkIn;
        const same = before !== null && before.service === service && before.name === asked.name;
        const wish = same && before.place === asked.place ? before : { ...asked, txn_id: this.#mint() };
        this.#walkIn = wish;
        return this.#receive(async () => {
            const { line } = await this.#api.walkIn(wish);
            this.#walkIn = null;
            return { what: "walked_in", line };
        });
    }

    /** Do what can be done with somebody of the list. */
    async act(number: string, act: DayAct): Promise<void> {
        this.update({ busy: new Set([...this.value.busy, number]), trouble: null, outcome: null });
        try {
            if (act === "check_in") await this.#api.checkIn({ number });
            else await this.#api.act(number, act);
            await this.refresh();
        } catch (error) {
            this.update({ outcome: { what: "refused", trouble: troubleOf(error) } });
        } finally {
            this.update({ busy: new Set([...this.value.busy].filter((each) => each !== number)) });
        }
    }

    /** Let somebody in by what is known without the gateway; throws `unreached` where that is nothing. */
    async #note(shown: Shown, unreached: unknown): Promise<Outcome> {
        const { sheet, place } = this.value;
        if (sheet === null || sheet.date !== this.today()) throw unreached;
        const zone = this.places.find(({ id }) => id === place)?.zone ?? "UTC";
        const known = { key: sheet.ticket_key, date: sheet.date, zone, lines: sheet.lines };
        const found = await standing(shown, known).catch(() => {
            throw unreached;
        });
        if (!isExpected(found)) return refusedBy(found);
        const { number, time } = found;
        if ((await this.arrivals.note({ shown, number, came_ts: this.#now() })) === "known")
            return refusedBy({ is: "already" });
        return { what: "noted", number, time, listed: found.is === "listed" };
    }

    /** What was noted and has been told since stands in the list. */
    #forgetTold(waiting: readonly Arrival[]): void {
        const { outcome } = this.value;
        if (outcome?.what === "noted" && !waiting.some(({ number }) => number === outcome.number)) this.forgetOutcome();
    }

    forgetOutcome(): void {
        this.update({ outcome: null });
    }

    async #receive(act: () => Promise<Outcome>): Promise<boolean> {
        if (this.value.receiving) return false;
        this.update({ receiving: true, outcome: null });
        try {
            const outcome = await act();
            // Without a connection the list would take long to say that there is none.
            if (outcome.what !== "noted") await this.refresh();
            this.update({ outcome });
            return outcome.what !== "refused";
        } catch (error) {
            this.update({ outcome: { what: "refused", trouble: troubleOf(error) } });
            return false;
        } finally {
            this.update({ receiving: false });
        }
    }
}

function refusedBy(found: NotExpected): Outcome {
    const details = found.is === "other_day" ? { date: found.date } : {};
    return { what: "refused", trouble: { code: REFUSALS[found.is], details } };
}
