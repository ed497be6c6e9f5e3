/* Who is signed in, and the services in which they have a role. Fields are named as they travel. */

import { BotApi } from "./bot_api.ts";
import { DayApi } from "./day_api.ts";
import { FlowApi } from "./flow_api.ts";
import type { Ask } from "./http.ts";
import { InboxApi } from "./inbox_api.ts";
import { StaffApi } from "./staff_api.ts";
import type { Named, Role } from "./terms.ts";
import { TicketsApi } from "./tickets_api.ts";

/** Where people come to, and the zone of its clock: `Asia/Jakarta`. */
export type Place = Named & { zone: string };

export type ServiceInfo = Named & {
    user_id: string;
    role: Role;
    /** Which API a bot's program speaks; empty of a service. */
    api: string;
    languages: string[];
    desks: string[];
    places: Place[];
    has_appointments: boolean;
};

export type Me = { user_id: string; name: string; services: ServiceInfo[] };

/** What may have changed: `inbox`, `tickets`, `day`, `flow`, `staff`, `bot`, or `chat:` and the id of one. */
export type Changes = { next: number; changed: string[] };

/** The gateway holds a question for 25 seconds. */
const LONG_POLL_MS = 45_000;

/** What of the desk belongs to no service. */
export class DeskApi {
    readonly #ask: Ask;

    constructor(ask: Ask) {
        this.#ask = ask;
    }

    me(): Promise<Me> {
        return this.#ask("GET", "/desk/v1/me");
    }

    signOut(): Promise<void> {
        return this.#ask("POST", "/desk/v1/sign_out");
    }

    service(id: string): ServiceApi {
        return new ServiceApi(this.#ask, id);
    }
}

/** What can be asked of one service. */
export class ServiceApi {
    readonly inbox: InboxApi;
    readonly day: DayApi;
    readonly tickets: TicketsApi;
    readonly flow: FlowApi;
    readonly staff: StaffApi;
    readonly bot: BotApi;
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, id: string) {
        this.#ask = ask;
        this.#root = `/desk/v1/services/${encodeURIComponent(id)}`;
        this.inbox = new InboxApi(ask, this.#root);
        this.day = new DayApi(ask, this.#root);
        this.tickets = new TicketsApi(ask, this.#root);
        this.flow = new FlowApi(ask, this.#root);
        this.staff = new StaffApi(ask, this.#root);
        this.bot = new BotApi(ask, this.#root);
    }

    /** Wait until something has changed after `since`, or half a minute is over; 0 answers at once. */
    changes(since: number, signal: AbortSignal): Promise<Changes> {
        return this.#ask("GET", `${this.#root}/changes?since=${since}`, { signal, patienceMs: LONG_POLL_MS });
    }
}

/** Return where a browser goes to sign in. */
export function signInAddress(service: string): string {
    return `/desk/sign_in?service=${encodeURIComponent(service)}`;
}
