/* Statements of services: looked up where the service publishes them, and remembered on this device, so that an older one
 * is known for old and one that was taken back is missed. */

import { type MatrixClient, MatrixError, Method } from "matrix-js-sdk/lib/matrix";

import type { Stop } from "../../platform/observable.ts";
import type { Area, Vault } from "../../platform/vault.ts";
import { checkStatement } from "../label/key_statement.ts";
import { afterLook, type ServiceRecord, seenSeq } from "../label/service_record.ts";

/** The profile field that holds a service's statement, which marks it as one. */
export const KEY_HOLDERS = "id.amanat.key_holders";

export class Statements {
    readonly #client: MatrixClient;
    readonly #kept: Area<ServiceRecord>;
    readonly #records: Promise<Map<string, ServiceRecord>>;
    /** Who stated nothing when last looked at: their chats need not wait for another look. */
    readonly #people: Area<true>;
    readonly #knownPeople: Promise<Set<string>>;
    /** Whose profile was read in this session, or could not be. */
    readonly #looked = new Set<string>();
    /** Of whom the server did not say what they publish, and may say so later. */
    readonly #unanswered = new Set<string>();
    /** Looks that are under way. */
    readonly #looking = new Map<string, Promise<void>>();
    readonly #listeners = new Set<(userId: string) => void>();
    #known: ReadonlyMap<string, ServiceRecord> = new Map();

    constructor(client: MatrixClient, vault: Vault) {
        this.#client = client;
        this.#kept = vault.area<ServiceRecord>("services");
        this.#people = vault.area<true>("no-services");
        this.#knownPeople = this.#people.all().then((people) => new Set(people.keys()));
        this.#records = this.#kept.all().then((records) => {
            this.#known = records;
            for (const userId of records.keys()) this.#tell(userId);
            return records;
        });
    }

    /** Return what is remembered of somebody; undefined of who is no service. */
    async of(userId: string): Promise<ServiceRecord | undefined> {
        return (await this.#records).get(userId);
    }

    /** What is remembered of somebody, as far as it was read from the disk by now. */
    known(userId: string): ServiceRecord | undefined {
        return this.#known.get(userId);
    }

    /** Call `listener` with whoever another thing is remembered of, until the returned function is called. */
    onChange(listener: (userId: string) => void): Stop {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** Say whether somebody was looked at in this session. */
    hasLooked(userId: string): boolean {
        return this.#looked.has(userId);
    }

    /** Say whether somebody was ever looked at: until then they may be a service, and nothing is promised of them. */
    async hasEverLooked(userId: string): Promise<boolean> {
        if (this.#looked.has(userId)) return true;
        return (await this.#records).has(userId) || (await this.#knownPeople).has(userId);
    }

    /** Say whether it is known of somebody whether they are a service, as far as the server tells. */
    async hasAnswered(userId: string): Promise<boolean> {
        return !this.#unanswered.has(userId) && (await this.hasEverLooked(userId));
    }

    /** Return which of these people are services as far as is known; they are to be looked at again. */
    async stale(userIds: readonly string[]): Promise<string[]> {
        const records = await this.#records;
        const services = userIds.filter((userId) => records.has(userId));
        for (const userId of services) this.#looked.delete(userId);
        return services;
    }

    /** Read what somebody publishes, and remember it. Rejects without a connection. */
    look(userId: string, masterKey: string): Promise<void> {
        const looking = this.#looking.get(userId) ?? this.#look(userId, masterKey);
        this.#looking.set(userId, looking);
        void looking.catch(() => {}).finally(() => this.#looking.delete(userId));
        return looking;
    }

    async #look(userId: string, masterKey: string): Promise<void> {
        const records = await this.#records;
        const published = await this.#published(userId).finally(() => this.#looked.add(userId));
        const before = records.get(userId);
        const nowMs = Date.now();
        const expected = { userId, masterKey, nowMs, seenSeq: seenSeq(before, masterKey) };
        const verdict = published === undefined ? null : await checkStatement(published, expected);
        const after = afterLook(before, verdict, { masterKey, nowMs });
        if (after === undefined) await this.#noteNone(userId);
        if (after === undefined || JSON.stringify(after) === JSON.stringify(before)) return;
        records.set(userId, after);
        await this.#kept.put(userId, after);
        this.#tell(userId);
    }

    async #noteNone(userId: string): Promise<void> {
        const known = await this.#knownPeople;
        if (known.has(userId)) return;
        known.add(userId);
        await this.#people.put(userId, true);
    }

    async #published(userId: string): Promise<unknown> {
        const path = `/profile/${encodeURIComponent(userId)}/${KEY_HOLDERS}`;
        try {
            const profile = await this.#client.http.authedRequest<Record<string, unknown>>(Method.Get, path);
            this.#unanswered.delete(userId);
            return profile[KEY_HOLDERS];
        } catch (error) {
            if (isAnswer(error)) this.#unanswered.delete(userId);
            else this.#unanswered.add(userId);
            if (error instanceof MatrixError && error.httpStatus === 404) return undefined;
            throw error;
        }
    }

    #tell(userId: string): void {
        for (const listener of this.#listeners) listener(userId);
    }
}

/** Whether the same question would be refused again: nothing is there, or not for us. */
function isAnswer(error: unknown): boolean {
    const status = error instanceof MatrixError ? (error.httpStatus ?? 0) : 0;
    return status >= 400 && status < 500 && status !== 401 && status !== 429;
}
