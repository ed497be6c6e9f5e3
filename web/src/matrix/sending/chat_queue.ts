/* What waits to be sent in one chat: in order, one under way, each exactly once by its transaction id.
 * A problem stops the chat until somebody decides; losing the connection only makes it wait. */

import { type Followed, Observable } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import { judge, type Problem } from "./send_problems.ts";
import type { Draft, Sending } from "./sending.ts";

/** What is kept of an entry across reloads, under its place in the order. */
export type Kept = {
    key: string;
    roomId: string;
    draft: Draft;
    /** When it was written, in ms. */
    at: number;
    /** When it was first given to the network; from then on the server may have it. */
    triedAt: number | null;
    problem: Problem | null;
};

/** An entry of the queue. `sent` lies on the server, and is shown until it has come back with a sync. */
export type Queued = Readonly<Kept> & {
    readonly state: "waiting" | "sending" | "sent" | "failed";
    readonly eventId: string | null;
};

/** What a queue stands on. */
export type QueueGround = {
    kept: Area<Kept>;
    /** Whether there is any sense in trying. */
    connected: Followed<boolean>;
    /** Guard, encrypt and send; return the event's id. */
    send: (sending: Sending) => Promise<string>;
    /** Wait, in ms. */
    rest: (ms: number) => Promise<void>;
    now: () => number;
};

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** A try that failed for no reason of the network's may fail for ever. */
const MAX_ODD_TRIES = 5;
/** The server remembers a transaction for seven days; a day is left for clocks that differ. */
const REMEMBERED_MS = 6 * 24 * 60 * 60 * 1000;

export class ChatQueue {
    readonly #ground: QueueGround;
    readonly #entries = new Map<string, { place: string; entry: Queued }>();
    readonly #shown = new Observable<readonly Queued[]>([]);
    #running = false;
    #ended = false;
    #tries = 0;
    #oddTries = 0;
    #wake = () => {};

    constructor(ground: QueueGround) {
        this.#ground = ground;
    }

    get shown(): Followed<readonly Queued[]> {
        return this.#shown;
    }

    /** Take up what is kept already. `place` is its place in the order; places grow. */
    take(place: string, kept: Kept): void {
        const state = kept.problem === null ? "waiting" : "failed";
        this.#entries.set(kept.key, { place, entry: { ...kept, state, eventId: null } });
        this.#show();
        void this.run();
    }

    /** Send what can be sent. Harmless at any time. */
    async run(): Promise<void> {
        this.#wake();
        if (this.#running) return;
        this.#running = true;
        try {
            for (let next = this.#next(); next !== null; next = this.#next()) await this.#try(next);
        } finally {
            this.#running = false;
        }
    }

    /** Try an entry again that rests with a problem. */
    async retry(key: string): Promise<void> {
        const entry = this.#entries.get(key)?.entry;
        if (entry?.state !== "failed") return;
        const triedAt = entry.problem?.kind === "unsure" ? null : entry.triedAt;
        this.#oddTries = 0;
        await this.#keep({ ...entry, state: "waiting", problem: null, triedAt });
        await this.run();
    }

    /** Drop an entry; false if it is too late. */
    async cancel(key: string): Promise<boolean> {
        const found = this.#entries.get(key);
        if (found === undefined || !["waiting", "failed"].includes(found.entry.state)) return false;
        this.#drop(key);
        await this.#ground.kept.delete(found.place);
        void this.run();
        return true;
    }

    /** Say something else than was written; false if the server may have the first words already. */
    async change(key: string, draft: Draft): Promise<boolean> {
        const entry = this.#entries.get(key)?.entry;
        if (entry === undefined || entry.triedAt !== null || entry.state === "sending") return false;
        await this.#keep({ ...entry, draft });
        return true;
    }

    /** The event of an entry has come with a sync, perhaps before the server's answer to sending it. */
    async seen(key: string): Promise<void> {
        const found = this.#entries.get(key);
        if (found === undefined) return;
        this.#drop(key);
        await this.#ground.kept.delete(found.place);
    }

    /** Forget what the server has: the syncs between were left out, and it will not come back one by one. */
    forgetSent(): void {
        for (const { entry } of [...this.#entries.values()]) if (entry.state === "sent") this.#drop(entry.key);
    }

    /** Write and send nothing more. */
    end(): void {
        this.#ended = true;
        this.#wake();
    }

    #next(): Queued | null {
        if (this.#ended || !this.#ground.connected.value) return null;
        for (const { entry } of this.#entries.values()) {
            if (entry.state === "failed") return null;
            if (entry.state !== "sent") return entry;
        }
        return null;
    }

    async #try(next: Queued): Promise<void> {
        const { now, send } = this.#ground;
        if (next.triedAt !== null && now() - next.triedAt > REMEMBERED_MS) {
            await this.#keep({ ...next, state: "failed", problem: { kind: "unsure" } });
            return;
        }
        try {
            this.#put({ ...next, state: "sending" });
            const tried: Queued = { ...next, state: "sending", triedAt: next.triedAt ?? now() };
            if (next.triedAt === null) await this.#keep(tried);
            if (this.#ended) return;
            this.#arrived(tried, await send(sendingOf(tried)));
        } catch (error) {
            await this.#failed(next.key, error);
        }
    }

    #arrived(entry: Queued, eventId: string): void {
        this.#tries = 0;
        this.#oddTries = 0;
        const place = this.#entries.get(entry.key)?.place;
        // It has come with a sync before.
        if (place === undefined || this.#ended) return;
        this.#put({ ...entry, state: "sent", eventId });
        // Nothing waits for this: if it is killed first, the next start sends it again, and the server knows it.
        void this.#ground.kept.delete(place);
    }

    async #failed(key: string, error: unknown): Promise<void> {
        const entry = this.#entries.get(key)?.entry;
        if (entry === undefined || this.#ended) return;
        const verdict = judge(error);
        if (verdict.give === "time" && verdict.odd) this.#oddTries += 1;
        const problem =
            verdict.give === "up"
                ? verdict.problem
                : this.#oddTries >= MAX_ODD_TRIES
                  ? ({ kind: "broken" } as const)
                  : null;
        if (problem !== null) {
            this.#tries = 0;
            // Nothing rests for the sake of a reaction, unless a person can settle what holds it.
            if (entry.draft.light === true && problem.kind !== "held") return this.seen(key);
            await this.#keep({ ...entry, state: "failed", problem }).catch(() => {});
            return;
        }
        this.#put({ ...entry, state: "waiting" });
        await this.#rest(verdict.give === "time" ? verdict.afterMs : null);
    }

    /** Wait before the next try, each time longer; `run` ends the waiting, unless the server asked for it. */
    async #rest(asked: number | null): Promise<void> {
        const wait = asked ?? Math.min(FIRST_REST_MS * 2 ** this.#tries, LONGEST_REST_MS);
        this.#tries += 1;
        const woken = new Promise<void>((resolve) => {
            this.#wake = asked === null ? resolve : () => {};
        });
        await Promise.race([this.#ground.rest(wait), woken]);
        this.#wake = () => {};
    }

    async #keep(entry: Queued): Promise<void> {
        const place = this.#entries.get(entry.key)?.place;
        if (place === undefined || this.#ended) return;
        const { state: _state, eventId: _eventId, ...kept } = entry;
        await this.#ground.kept.put(place, kept);
        // Meanwhile somebody may have dropped it; what was dropped stays dropped.
        if (this.#entries.has(entry.key)) this.#put(entry);
        else await this.#ground.kept.delete(place);
    }

    #put(entry: Queued): void {
        const found = this.#entries.get(entry.key);
        if (found === undefined) return;
        found.entry = entry;
        this.#show();
    }

    #drop(key: string): void {
        if (this.#entries.delete(key)) this.#show();
    }

    #show(): void {
        this.#shown.set([...this.#entries.values()].map(({ entry }) => entry));
    }
}

function sendingOf({ roomId, draft, key }: Queued): Sending {
    return { roomId, draft, transactionId: key };
}
