/* A day of appointments at a place, as the gateway tells of it. Fields are named as they travel; times in ms. */

import type { Ask } from "./http.ts";
import type { Named } from "./terms.ts";

/** `serve` calls somebody from the line; `no_show`: they did not come; `excuse`: a visit that was missed counts for
 * nothing; `undo` takes back what was done last. */
export type DayAct = "check_in" | "serve" | "no_show" | "excuse" | "undo";

export type DayLine = {
    number: string;
    /** As the clock of the place shows it: `09:30`. */
    time: string;
    ends: string;
    service: string;
    service_name: string;
    counter: string;
    counter_name: string;
    state: string;
    channel: string;
    /** The group for which the seat is kept. */
    priority: string | null;
    arrived: number | null;
    details: Record<string, string>;
    /** What can be done with it now. */
    can: DayAct[];
};

export type NowServing = { number: string; counter_name: string; since_ts: number | null };

export type DaySheet = {
    place: string;
    date: string;
    open: boolean;
    counts: Record<string, number>;
    lines: DayLine[];
    now_serving: NowServing[];
    /** Services that take people without an appointment. */
    services: Named[];
    /** The office's public key, by which tickets are checked without a network: base64url. */
    ticket_key: string;
};

/** What somebody holds out: a number as they say it, or what their QR code says. */
export type Shown = { ticket: string } | { number: string };

export type CheckedIn = { line: DayLine; late: boolean };

export class DayApi {
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, root: string) {
        this.#ask = ask;
        this.#root = root;
    }

    sheet(place: string, date: string): Promise<DaySheet> {
        return this.#ask("GET", this.#day(place, date));
    }

    /** Return where a browser downloads the day as a table. */
    csvAddress(place: string, date: string, language: string): string {
        return `${this.#day(place, date)}.csv?language=${language}`;
    }

    /** `came`: of somebody who was noted without a connection. */
    checkIn(shown: Shown, came: { came_ts?: number } = {}): Promise<CheckedIn> {
        return this.#ask("POST", `${this.#root}/check_in`, { body: { ...shown, ...came } });
    }

    act(number: string, act: Exclude<DayAct, "check_in">): Promise<{ line: DayLine }> {
        return this.#ask("POST", `${this.#root}/appointments/${encodeURIComponent(number)}/${act}`);
    }

    /** The same `txn_id` again is the same number. */
    walkIn(wish: { place: string; service: string; name: string; txn_id: string }): Promise<{ line: DayLine }> {
        return this.#ask("POST", `${this.#root}/walk_ins`, { body: wish });
    }

    #day(place: string, date: string): string {
        return `${this.#root}/days/${encodeURIComponent(place)}/${date}`;
    }
}
