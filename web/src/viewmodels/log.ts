/* What was said in a chat, or in one branch of it: the rows in sight, and going elsewhere in it. */

import type { Privacy } from "../matrix/account/privacy.ts";
import type { Unreadables } from "../matrix/keys/unreadable.ts";
import type { Message } from "../matrix/timeline/message.ts";
import type { Timeline, TimelineState } from "../matrix/timeline/timeline.ts";
import { type Row, Rows } from "./rows.ts";
import { ViewModel } from "./view_model.ts";

export type LogState = {
    rows: readonly Row[];
    /** The newest change has put rows before the others. */
    shift: boolean;
    /** Grows when the rows are of another time, and have nothing to do with those before. */
    era: number;
    /** The first look is on its way. */
    loading: boolean;
    /** Older messages are on their way. */
    reaching: boolean;
    /** There is nothing older. */
    whole: boolean;
    /** The newest message is here, whether in sight or below. */
    atEnd: boolean;
    /** A row that somebody goes to; `times` tells a second wish for the same one. */
    goal: { key: string; times: number; marked: boolean } | null;
    /** How much has come since one scrolled up. */
    below: number;
    /** What one went to cannot be found. */
    missed: boolean;
};

export type LogMessage = Message;

export type LogGround = { unreadables: Unreadables; privacy: Privacy };

/** `direct` says whether it is a chat of two. */
type LogOf = LogGround & { direct: () => boolean };

export class Log extends ViewModel<LogState> {
    readonly #timeline: Timeline;
    readonly #unreadables: Unreadables;
    readonly #privacy: Privacy;
    readonly #direct: () => boolean;
    readonly #rows = new Rows();
    #messages: readonly Message[] = [];
    #unread: string | null = null;
    /** The key of what was last at the bottom when one scrolled up; undefined at the bottom. */
    #left: string | undefined;
    /** The key of what one has sent last. */
    #written: string | undefined;
    #busy = false;
    #visited = false;

    constructor(timeline: Timeline, { unreadables, privacy, direct }: LogOf) {
        super({
            rows: [],
            shift: false,
            era: 0,
            loading: true,
            reaching: false,
            whole: false,
            atEnd: true,
            goal: null,
            below: 0,
            missed: false,
        });
        this.#timeline = timeline;
        this.#unreadables = unreadables;
        this.#privacy = privacy;
        this.#direct = direct;
        this.own(timeline.follow());
        this.own(timeline.state.subscribe(() => this.#take(timeline.state.value)));
        this.#written = timeline.queued.value.at(-1)?.key;
        this.own(timeline.queued.subscribe(() => this.#followWriter(timeline.queued.value.at(-1)?.key)));
        void this.#open();
    }

    /** Bring older messages, unless they are on their way. */
    async reachBack(): Promise<void> {
        if (this.#busy || this.value.loading || this.value.whole) return;
        this.update({ reaching: true });
        await this.#alone(() => this.#timeline.older());
        this.update({ reaching: false });
    }

    /** Bring newer messages, where one went back. */
    async reachForward(): Promise<void> {
        if (!this.#busy && !this.value.atEnd) await this.#alone(() => this.#timeline.newer());
    }

    /** Go to a message that was named by another. */
    async goTo(eventId: string): Promise<void> {
        await this.#alone(async () => {
            if (await this.#timeline.showAround(eventId)) this.#aim(this.#keyOf(eventId), true);
            else this.update({ missed: true });
        });
    }

    /** Go to what was said first on a day or after it. */
    async goToDate(moment: number): Promise<void> {
        await this.#alone(async () => {
            try {
                const eventId = await this.#timeline.firstSince(moment);
                if (!(await this.#timeline.showAround(eventId))) throw new Error("It has gone.");
                const first = this.value.rows.find((row) => row.kind === "message" && row.message.at >= moment);
                this.#aim(first?.key ?? this.#keyOf(eventId), false);
            } catch {
                this.update({ missed: true });
            }
        });
    }

    /** Go to the newest message. */
    async goToEnd(): Promise<void> {
        if (!this.value.atEnd) await this.#alone(() => this.#timeline.showEnd());
        this.#left = undefined;
        this.update({ below: 0 });
        this.#aim(this.value.rows.at(-1)?.key, false);
    }

    /** The view says whether the newest message is in sight, and whether somebody looks. */
    sees({ bottom, looking }: { bottom: boolean; looking: boolean }): void {
        this.#timeline.follows(bottom);
        if (bottom && this.value.atEnd) {
            this.#left = undefined;
            const openly = this.#privacy.settings.value.readReceipts;
            if (looking) this.#timeline.markRead({ openly });
        } else {
            this.#left ??= this.#messages.at(-1)?.key;
        }
        this.update({ below: this.#below() });
    }

    forgetMiss(): void {
        this.update({ missed: false });
    }

    /** Look for the key of a message that could not be read. */
    async retry(eventId: string): Promise<boolean> {
        const event = this.#timeline.event(eventId);
        return event !== undefined && this.#unreadables.retry(event);
    }

    /** Return the newest text of one's own that is here, for editing. */
    lastOwn(): Message | null {
        return this.newest(({ mine, body, order }) => mine && body.kind === "text" && order === null);
    }

    /** Return the newest message that is here and that something holds of. */
    newest(holds: (message: Message) => boolean): Message | null {
        return this.#messages.findLast(holds) ?? null;
    }

    readersOf(eventId: string) {
        return this.#timeline.readersOf(eventId);
    }

    versionsOf(eventId: string) {
        return this.#timeline.versionsOf(eventId);
    }

    async #open(): Promise<void> {
        const unread = await this.#timeline.open().catch(() => null);
        this.#unread = unread === null ? null : this.#keyOf(unread);
        this.#visited = true;
        this.#take(this.#timeline.state.value);
        this.update({ loading: false });
        if (this.#unread === null) return this.#aim(this.value.rows.at(-1)?.key, false);
        this.#aim("unread", false);
    }

    #take({ messages, whole, atEnd }: TimelineState): void {
        // Opening may look at two places before it knows where to begin.
        if (!this.#visited) return;
        this.#messages = messages;
        const rows = this.#rows.make(messages, { unreadFrom: this.#unread, whole, direct: this.#direct() });
        const before = this.value.rows;
        const places = new Map(rows.map(({ key }, place) => [key, place]));
        const first = before.findIndex((row) => isSaid(row) && places.has(row.key));
        const place = places.get(before[first]?.key ?? "") ?? -1;
        const era = this.value.era + (first < 0 && before.some(isSaid) ? 1 : 0);
        this.update({ rows, shift: first >= 0 && place > first, era, whole, atEnd, below: this.#below() });
    }

    /** Whoever sends something while reading older messages is led to what they sent. */
    #followWriter(key: string | undefined): void {
        if (key === undefined || key === this.#written) return;
        this.#written = key;
        void this.goToEnd();
    }

    #below(): number {
        if (this.#left === undefined) return 0;
        let count = 0;
        for (let at = this.#messages.length - 1; at >= 0; at--) {
            const message = this.#messages[at];
            if (message === undefined || message.key === this.#left) break;
            if (!message.mine && message.body.kind !== "notice") count += 1;
        }
        return count;
    }

    #keyOf(eventId: string): string {
        return this.#timeline.state.value.messages.find(({ id }) => id === eventId)?.key ?? eventId;
    }

    #aim(key: string | undefined, marked: boolean): void {
        if (key !== undefined) this.update({ goal: { key, marked, times: (this.value.goal?.times ?? 0) + 1 } });
    }

    /** One journey at a time: two would fight over what is in sight. Without a connection nothing moves. */
    async #alone(go: () => Promise<void>): Promise<void> {
        this.#busy = true;
        try {
            await go();
        } catch {
            // The next scroll tries again.
        } finally {
            this.#busy = false;
        }
    }
}

/** A line that tells of what happened is another when something joins it. */
function isSaid(row: Row): boolean {
    return row.kind === "message";
}
