/* The desk of one service: its sections, as far as one's role lets one in, and which of them is open. */

import type { Navigation } from "../../platform/navigation.ts";
import { pageNotices } from "../../platform/page_notices.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { ServiceApi, ServiceInfo } from "../api/desk_api.ts";
import type { Role } from "../api/terms.ts";
import { Arrivals } from "./arrivals.ts";
import { Day } from "./day.ts";
import { Deliveries } from "./deliveries.ts";
import { Inbox } from "./inbox.ts";
import type { Kept } from "./kept.ts";
import { Pulse } from "./pulse.ts";
import { Staff } from "./staff.ts";
import { Texts } from "./texts.ts";
import { Tickets } from "./tickets.ts";
import { Tokens } from "./tokens.ts";
import { WaitingBell } from "./waiting_bell.ts";
import { Wording } from "./wording.ts";

export const SECTIONS = ["inbox", "day", "tickets", "texts", "deliveries", "tokens", "staff"] as const;
export type Section = (typeof SECTIONS)[number];

const ALLOWED: Readonly<Record<Role, readonly Section[]>> = {
    agent: ["inbox", "day", "tickets"],
    editor: ["texts"],
    lead: ["inbox", "day", "tickets", "texts", "staff"],
};

/** A bot's program does what a flow does for a service. */
const ALLOWED_AT_BOT: Readonly<Record<Role, readonly Section[]>> = {
    agent: ["deliveries"],
    editor: ["deliveries"],
    lead: ["deliveries", "tokens", "staff"],
};

/** What is open. */
export type Page =
    | { section: "inbox"; inbox: Inbox }
    | { section: "day"; day: Day }
    | { section: "tickets"; tickets: Tickets }
    | { section: "texts"; texts: Texts }
    | { section: "deliveries"; deliveries: Deliveries }
    | { section: "tokens"; tokens: Tokens }
    | { section: "staff"; staff: Staff };

export type ServiceGround = {
    api: ServiceApi;
    info: ServiceInfo;
    kept: Kept;
    navigation: Navigation;
    mint: () => string;
    today: (zone: string) => string;
    now: () => number;
    wait: (ms: number, signal?: AbortSignal) => Promise<void>;
    /** Who works here may be others now; `barred`: one was told so. */
    review: (how: { barred: boolean }) => void;
};

export class ServiceDesk extends ViewModel<{ page: Page | null }> {
    readonly info: ServiceInfo;
    readonly sections: readonly Section[];
    readonly pulse: Pulse;
    /** One for all who look: its counts stand beside the name of the section. */
    readonly inbox: Inbox | null;
    readonly bell: WaitingBell;
    /** One for all: they are told of as soon as that can be, whatever is open. */
    readonly arrivals: Arrivals | null;
    readonly wording: Wording;
    readonly #ground: ServiceGround;
    readonly #pages = new Map<Section, Page>();

    constructor(ground: ServiceGround) {
        super({ page: null });
        const { api, info, wait, review } = ground;
        this.#ground = ground;
        this.info = info;
        const allowed = (info.api === "" ? ALLOWED : ALLOWED_AT_BOT)[info.role];
        this.sections = allowed.filter((section) => section !== "day" || info.has_appointments);
        this.pulse = new Pulse({
            changes: (since, signal) => api.changes(since, signal),
            wait,
            barred: () => review({ barred: true }),
        });
        this.inbox = this.sections.includes("inbox") ? this.#makeInbox() : null;
        // A bot has no flow that could name anything.
        const bringWords = async () => (info.api === "" ? api.inbox.wording() : { names: {}, options: {} });
        this.wording = new Wording({ bring: bringWords, changed: (listener) => this.pulse.on("flow", listener) });
        this.own(() => this.wording.dispose());
        this.bell = new WaitingBell({
            notices: pageNotices,
            kept: ground.kept.notices,
            service: info.id,
            open: () => this.go("inbox"),
        });
        this.own(() => this.bell.dispose());
        this.arrivals = this.sections.includes("day") ? this.#makeArrivals() : null;
        this.own(() => this.arrivals?.dispose());
        this.own(() => this.pulse.dispose());
        this.own(this.pulse.on("staff", () => review({ barred: false })));
        this.own(() => this.inbox?.dispose());
        this.own(() => {
            for (const page of this.#pages.values()) modelOf(page).dispose();
        });
        this.follow(ground.navigation.place, ([service, section, ...rest]) => {
            if (service === info.id)
                this.#goTo(
                    this.sections.find((each) => each === section),
                    rest,
                );
        });
        void this.pulse.run();
    }

    go(section: Section): void {
        this.#ground.navigation.go([this.info.id, section]);
    }

    #goTo(section: Section | undefined, [first]: readonly string[]): void {
        const wanted = section ?? this.sections[0];
        if (wanted === undefined) return;
        const page = this.#pages.get(wanted) ?? this.#make(wanted);
        if (page === null) return;
        this.#pages.set(wanted, page);
        if (page.section === "inbox") page.inbox.open(first ?? null);
        if (page.section === "tickets") page.tickets.open(first ?? null);
        this.update({ page });
    }

    #make(section: Section): Page | null {
        const { api, info, kept, wait } = this.#ground;
        const changed = (topic: string) => (listener: () => void) => this.pulse.on(topic, listener);
        switch (section) {
            case "inbox":
                return this.inbox && { section, inbox: this.inbox };
            case "day":
                return this.arrivals && { section, day: this.#makeDay(this.arrivals) };
            case "tickets":
                return { section, tickets: new Tickets(api.tickets, changed("tickets")) };
            case "texts": {
                const { id: service, languages } = info;
                const ground = { api: api.flow, service, languages, kept: kept.edits, changed: changed("flow"), wait };
                return { section, texts: new Texts(ground) };
            }
            case "deliveries": {
                const ground = { api: api.bot, mayOpen: info.role !== "editor", changed: changed("bot") };
                return { section, deliveries: new Deliveries(ground) };
            }
            case "tokens":
                return { section, tokens: new Tokens(api.bot, changed("bot")) };
            case "staff": {
                const ground = { api: api.staff, serviceUserId: info.user_id, changed: changed("staff") };
                return { section, staff: new Staff(ground) };
            }
        }
    }

    #makeDay(arrivals: Arrivals): Day {
        const { api, info, today, mint, now } = this.#ground;
        const changed = (listener: () => void) => this.pulse.on("day", listener);
        return new Day({ api: api.day, places: info.places, today, now, mint, changed, arrivals });
    }

    #makeArrivals(): Arrivals {
        const { api, info, kept, wait } = this.#ground;
        return new Arrivals({
            wait,
            kept: kept.arrivals,
            service: info.id,
            checkIn: (shown, came) => api.day.checkIn(shown, came),
            changed: (listener) => this.pulse.on("day", listener),
        });
    }

    #makeInbox(): Inbox {
        const { api, info, kept, navigation, mint } = this.#ground;
        const { inbox } = api;
        return new Inbox({ api: inbox, pulse: this.pulse, navigation, service: info.id, drafts: kept.drafts, mint });
    }
}

function modelOf(page: Page): { dispose(): void } {
    switch (page.section) {
        case "inbox":
            return page.inbox;
        case "day":
            return page.day;
        case "tickets":
            return page.tickets;
        case "texts":
            return page.texts;
        case "deliveries":
            return page.deliveries;
        case "tokens":
            return page.tokens;
        case "staff":
            return page.staff;
    }
}
