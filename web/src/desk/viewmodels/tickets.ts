/* What people told the office, by its state; and answering it. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Ticket, TicketState, TicketsApi } from "../api/tickets_api.ts";
import { newest } from "./newest.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export { TICKET_STATES, type Ticket } from "../api/tickets_api.ts";

export type TicketsState = {
    show: TicketState;
    /** Null until they have come. */
    tickets: readonly Ticket[] | null;
    /** The one that is open stays so while its state changes. */
    open: Ticket | null;
    /** What is being written to whom, by the number of the ticket. */
    answers: Readonly<Record<string, string>>;
    busy: boolean;
    trouble: Trouble | null;
};

export class Tickets extends ViewModel<TicketsState> {
    readonly #api: TicketsApi;
    readonly #newest = newest();
    #wanted: string | null = null;

    constructor(api: TicketsApi, changed: (listener: () => void) => Stop) {
        super({ show: "open", tickets: null, open: null, answers: {}, busy: false, trouble: null });
        this.#api = api;
        this.own(changed(() => this.refresh()));
        void this.refresh();
    }

    show(show: TicketState): void {
        this.update({ show, tickets: null });
        void this.refresh();
    }

    async refresh(): Promise<void> {
        await this.#newest(
            this.#api.list(this.value.show),
            (tickets) => this.#take(tickets),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    /** Open a ticket by its number, or none. */
    open(number: string | null): void {
        this.#wanted = number;
        const known = [this.value.open, ...(this.value.tickets ?? [])];
        this.update({ open: known.find((each) => each?.number === number) ?? null, trouble: null });
    }

    write(number: string, text: string): void {
        this.update({ answers: { ...this.value.answers, [number]: text } });
    }

    /** Bring the open ticket into a state; into `answered` with what was written. */
    async change(state: TicketState): Promise<void> {
        const { open, answers, busy } = this.value;
        if (open === null || busy) return;
        const answer = answers[open.number]?.trim() ?? "";
        if (state === "answered" && answer === "") return;
        this.update({ busy: true, trouble: null });
        try {
            const change = state === "answered" ? { state, answer } : { state };
            const changed = await this.#api.change(open.number, change);
            if (state === "answered") this.write(open.number, "");
            this.update({ open: this.value.open?.number === changed.number ? changed : this.value.open });
            await this.refresh();
        } catch (error) {
            this.update({ trouble: troubleOf(error) });
        } finally {
            this.update({ busy: false });
        }
    }

    #take(tickets: readonly Ticket[]): void {
        const found = tickets.find(({ number }) => number === this.#wanted);
        this.update({ tickets, open: found ?? this.value.open, trouble: null });
    }
}
