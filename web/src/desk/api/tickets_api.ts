/* Tickets, which are what people told an office, as the gateway tells of them. Fields are named as they travel. */

import type { Ask } from "./http.ts";

export const TICKET_STATES = ["open", "answered", "closed"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export type Ticket = {
    number: string;
    desk: string;
    room_id: string;
    person: string;
    person_name: string;
    opened_ts: number;
    changed_ts: number;
    state: TicketState;
    details: Record<string, string>;
    /** What was answered last; empty until then. */
    answer: string;
};

export class TicketsApi {
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, root: string) {
        this.#ask = ask;
        this.#root = `${root}/tickets`;
    }

    async list(state: TicketState): Promise<Ticket[]> {
        return (await this.#ask<{ tickets: Ticket[] }>("GET", `${this.#root}?state=${state}`)).tickets;
    }

    /** Bring a ticket into a state; an `answer` is said to the person in their chat. */
    change(number: string, change: { state: TicketState; answer?: string }): Promise<Ticket> {
        return this.#ask("POST", `${this.#root}/${encodeURIComponent(number)}`, { body: change });
    }
}
