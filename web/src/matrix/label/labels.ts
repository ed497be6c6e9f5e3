/* The label of each chat that somebody looks at, made again when what it stands on has changed. */

import { type Room, RoomStateEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop, until } from "../../platform/observable.ts";
import { AcceptedKeys } from "../keys/accepted_keys.ts";
import { Decisions } from "../keys/decisions.ts";
import { KeyHolders } from "../keys/key_holders.ts";
import { safetyNumber } from "../keys/safety_number.ts";
import type { Session } from "../session/session.ts";
import { isGroup } from "./admission.ts";
import { Held } from "./held.ts";
import { heldFor, type Label, LOOKING, labelOf, type Reader, type RoomFacts } from "./label.ts";
import type { Programs } from "./programs.ts";
import { publishedPrograms } from "./published_programs.ts";
import { type Change, recentChanges } from "./recent_changes.ts";
import { factsBefore, factsOf } from "./room_facts.ts";

/** Each session looks anew at what those in a chat of a few state; a large group would cost a request for each. */
const FEW = 10;
/** In a group of so many each member is looked at once, when somebody opens it or writes there: a service that came in
 * reads along. */
const MANY = 200;
/** Of them so many at a time. */
const LOOKS_AT_ONCE = 8;
/** A service that holds messages back may have put it right: it is looked at again after so long. */
const AGAIN_MS = 60_000;
/** A list that is scrolled asks for the members of many chats: so many at a time. */
const AT_ONCE = 2;

export type Known = { label: Label; facts: RoomFacts | null };

/** What a bot in a chat tells of the programs that reach it. */
export type BotPrograms = Programs & { userId: string; name: string };

/** One chat's label, and how many look at it. */
type Watched = {
    known: Observable<Known>;
    label: Observable<Label>;
    about: Followed<Known>;
    of: Followed<Label>;
    lookers: number;
    stale: boolean;
};

export class Labels {
    readonly #holders: KeyHolders;
    readonly #session: Session;
    readonly #accepted: Decisions;
    readonly #acceptedKeys: AcceptedKeys;
    readonly #watched = new Map<string, Watched>();
    readonly #due = new Set<string>();
    #working = 0;
    #released: (roomId: string) => void = () => {};

    constructor(session: Session) {
        this.#session = session;
        this.#holders = new KeyHolders(session);
        this.#accepted = new Decisions(session.vault, "accepted-apps");
        this.#acceptedKeys = new AcceptedKeys(session.vault);
    }

    /** Keep labels as the chats are, and hold back what must be looked at, until the returned function is called.
     * `released` hears of chats in which nothing holds messages back, or no longer. */
    follow({ released }: { released: (roomId: string) => void }): Stop {
        const { client, guards } = this.#session;
        this.#released = released;
        const onState = (_event: unknown, { roomId }: { roomId: string }) => this.#touch(roomId);
        client.on(RoomStateEvent.Events, onState);
        const unfollow = this.#holders.follow((userIds) => this.#touchWhere(userIds));
        const guard = (roomId: string) => this.#guard(roomId);
        guards.push(guard);
        // Whoever was not looked at without a connection is looked at now.
        const unconnect = this.#session.connection.subscribe(() => this.#touchUnknown());
        const again = setInterval(() => this.#lookAgain(), AGAIN_MS);
        return () => {
            clearInterval(again);
            unconnect();
            guards.splice(guards.indexOf(guard), 1);
            unfollow();
            client.off(RoomStateEvent.Events, onState);
        };
    }

    /** Return the label of a chat. Nothing is looked up until somebody subscribes. */
    of(roomId: string): Followed<Label> {
        return this.#watch(roomId).of;
    }

    /** Return the label together with what it stands on, for whoever wants to know more. */
    about(roomId: string): Followed<Known> {
        return this.#watch(roomId).about;
    }

    /** Write to somebody whose app cannot be checked. */
    async acceptApp(userId: string): Promise<void> {
        await this.#accepted.make([userId]);
        this.#touchWhere([userId]);
    }

    /** Write to somebody whose keys have changed. */
    async acceptKeys(userId: string): Promise<void> {
        await this.#holders.acceptKeys(userId);
        await this.#acceptedKeys.note(userId, Date.now());
    }

    /** Write on to a service although its statement does not hold. */
    async acceptStatement(userId: string): Promise<void> {
        await this.#holders.acceptStatement(userId);
    }

    /** Write on without the devices of a chat that nobody vouches for; there, and wherever else they turn up. */
    async leaveOut(roomId: string): Promise<void> {
        const readers = this.#watch(roomId).known.value.facts?.readers ?? [];
        await this.#holders.leaveOut(readers.filter(({ me }) => !me));
    }

    /** Write on in a group although services are in it that the person here had not been told of. */
    async admit(roomId: string, userIds: readonly string[]): Promise<void> {
        await this.#holders.admit(roomId, userIds);
        this.#touch(roomId);
    }

    /** Return the number to compare with somebody; null where either of the two publishes no identity. */
    async safetyNumber(userId: string): Promise<string[] | null> {
        const [own, theirs] = await Promise.all([this.#party(this.#session.userId), this.#party(userId)]);
        return own === null || theirs === null ? null : safetyNumber(own, theirs);
    }

    /** Take somebody's keys for theirs from now on: numbers were compared. */
    async vouchFor(userId: string): Promise<void> {
        await this.#holders.vouchFor(userId);
    }

    /** Return what changed lately in who can read a chat. */
    async recentChanges(roomId: string): Promise<Change[]> {
        const readers = this.#watch(roomId).known.value.facts?.readers ?? [];
        const { statements } = this.#session;
        const rerun = (userId: string) => statements.known(userId)?.changes ?? [];
        return recentChanges(this.#room(roomId), { readers, accepted: await this.#acceptedKeys.when(), rerun });
    }

    /** Return which programs reach a chat through the bots in it, as they tell of it now. Rejects without a connection. */
    async programs(roomId: string): Promise<BotPrograms[]> {
        const readers = this.#watch(roomId).known.value.facts?.readers ?? [];
        const services = readers.length > FEW ? [] : readers.filter(({ service }) => service !== null);
        const told = await Promise.all(
            services.map(async ({ userId, name }) => {
                const programs = await publishedPrograms(this.#session.client, userId);
                return programs && { userId, name, ...programs };
            }),
        );
        return told.filter((each) => each !== null);
    }

    async #party(userId: string): Promise<{ userId: string; masterKey: string } | null> {
        const masterKey = await this.#holders.masterKey(userId);
        return masterKey === null ? null : { userId, masterKey };
    }

    /** Return the label that a chat with a service would have; null where somebody is none. Nobody hears of it. */
    async before({ userId, name }: { userId: string; name: string }): Promise<Label | null> {
        const me = this.#session.userId;
        await this.#holders.of([userId]);
        await this.#holders.lookAtStatements([userId]);
        const holders = await this.#holders.of([me, userId]);
        if (!holders.get(userId)?.service) return null;
        return labelOf(factsBefore([me, userId], { holders, me, name }));
    }

    /** Look at what those in a small chat publish as services: somebody has opened it, perhaps before there was a
     * connection. */
    async visit(roomId: string): Promise<void> {
        await until(this.#session.connection, (connection) => connection === "live");
        if (await this.#lookAtStatements(await this.#gather(roomId))) this.#touch(roomId);
    }

    async #lookAtStatements({ readers }: RoomFacts): Promise<boolean> {
        if (readers.length <= FEW) return this.#holders.lookAtStatements(readers.map(({ userId }) => userId));
        if (readers.length > MANY) return false;
        const unknown = await this.#holders.neverLookedAt(readers);
        for (let at = 0; at < unknown.length; at += LOOKS_AT_ONCE)
            await this.#holders.lookAtStatements(unknown.slice(at, at + LOOKS_AT_ONCE));
        return unknown.length > 0;
    }

    /** Who may be a service, for all that is known, is not known: nothing is promised of them before they were looked at. */
    async #withoutPromise(facts: RoomFacts): Promise<RoomFacts> {
        if (facts.readers.length > FEW) return facts;
        const unknown = new Set(await this.#holders.neverLookedAt(facts.readers));
        if (unknown.size === 0) return facts;
        void this.#lookOnce(facts.readers, unknown);
        const readers = facts.readers.map((reader) =>
            unknown.has(reader.userId) ? { ...reader, known: false } : reader,
        );
        return { ...facts, readers };
    }

    #lookAgain(): void {
        const held = [...this.#watched.values()].filter(({ label }) => label.value.held);
        const readers = held.flatMap(({ known }) => known.value.facts?.readers ?? []);
        void this.#holders.lookAgain(readers.filter(({ service }) => service !== null).map(({ userId }) => userId));
    }

    async #lookOnce(readers: readonly Reader[], unknown: ReadonlySet<string>): Promise<void> {
        await this.#holders.lookAtStatements([...unknown]);
        const left = await this.#holders.neverLookedAt(readers);
        if (left.length < unknown.size) this.#touchWhere([...unknown]);
    }

    async #guard(roomId: string): Promise<void> {
        let facts = await this.#gather(roomId);
        if (await this.#lookAtStatements(facts)) facts = await this.#gather(roomId);
        await this.#knowServices(facts);
        facts = isGroup(facts.readers) ? await this.#gather(roomId) : facts;
        const cause = heldFor(facts);
        if (cause !== null) throw new Held(cause);
        if (facts.encrypted && !(facts.complete && facts.readers.every(({ known }) => known))) {
            throw new Error("Who would be given the keys is not known yet.");
        }
    }

    /** Whoever writes in a group is told of a service there first: without the server's word on each nothing goes. */
    async #knowServices({ encrypted, readers }: RoomFacts): Promise<void> {
        if (!encrypted || !isGroup(readers) || readers.length > MANY) return;
        if ((await this.#holders.askAgain(readers.filter(({ me }) => !me))).length > 0)
            throw new Error("Whether a service is in this group is not known yet.");
    }

    async #gather(roomId: string): Promise<RoomFacts> {
        const found = await factsOf(this.#room(roomId), {
            userId: this.#session.userId,
            holders: this.#holders,
            accepted: await this.#accepted.made(),
            admitted: await this.#holders.admitted(),
        });
        const facts = await this.#withoutPromise(found);
        this.#show(roomId, facts);
        return facts;
    }

    #show(roomId: string, facts: RoomFacts): void {
        const { known, label } = this.#watch(roomId);
        const next = labelOf(facts);
        const released = !next.held && (known.value.facts === null || label.value.held);
        if (!alike(next, label.value)) label.set(next);
        if (!alike(facts, known.value.facts)) known.set({ label: label.value, facts });
        if (released) this.#released(roomId);
    }

    #watch(roomId: string): Watched {
        let watched = this.#watched.get(roomId);
        if (watched === undefined) {
            const known = new Observable<Known>({ label: LOOKING, facts: null });
            const label = new Observable<Label>(LOOKING);
            const about = this.#followed(roomId, known);
            watched = { known, label, about, of: this.#followed(roomId, label), lookers: 0, stale: true };
            this.#watched.set(roomId, watched);
        }
        return watched;
    }

    #followed<Value>(roomId: string, observable: Observable<Value>): Followed<Value> {
        return {
            get value() {
                return observable.value;
            },
            subscribe: (listener) => {
                const unsubscribe = observable.subscribe(listener);
                const unlook = this.#look(roomId);
                return () => {
                    unlook();
                    unsubscribe();
                };
            },
        };
    }

    #look(roomId: string): Stop {
        const watched = this.#watch(roomId);
        watched.lookers += 1;
        if (watched.stale) this.#soon(roomId);
        return () => {
            watched.lookers -= 1;
        };
    }

    #touchWhere(userIds: readonly string[]): void {
        const changed = new Set(userIds);
        for (const [roomId, { known }] of this.#watched) {
            if (known.value.facts?.readers.some(({ userId }) => changed.has(userId))) this.#touch(roomId);
        }
    }

    #touchUnknown(): void {
        if (this.#session.connection.value !== "live") return;
        for (const [roomId, { known }] of this.#watched) {
            if (known.value.facts?.readers.some((reader) => !reader.known)) this.#touch(roomId);
        }
    }

    /** What a label stands on has changed: it is made again now if somebody looks, else when somebody does. */
    #touch(roomId: string): void {
        const watched = this.#watched.get(roomId);
        if (watched === undefined) return;
        watched.stale = true;
        // Whatever holds messages back has perhaps settled by itself, and nobody need look for them to go.
        if (watched.lookers > 0 || watched.label.value.held) this.#soon(roomId);
    }

    /** A sync brings many changes of one chat: its label is made once after them. */
    #soon(roomId: string): void {
        this.#due.add(roomId);
        setTimeout(() => this.#work(), 0);
    }

    #work(): void {
        for (const roomId of this.#due) {
            if (this.#working >= AT_ONCE) return;
            this.#due.delete(roomId);
            const watched = this.#watch(roomId);
            // A row that was scrolled past.
            if (watched.lookers === 0 && !watched.label.value.held) continue;
            watched.stale = false;
            this.#working += 1;
            void this.#gather(roomId)
                .catch(() => {
                    watched.stale = true;
                })
                .finally(() => {
                    this.#working -= 1;
                    this.#work();
                });
        }
    }

    #room(roomId: string): Room {
        const room = this.#session.client.getRoom(roomId);
        if (room === null) throw new Error("This chat is not known here yet.");
        return room;
    }
}

function alike(one: unknown, other: unknown): boolean {
    return JSON.stringify(one) === JSON.stringify(other);
}
