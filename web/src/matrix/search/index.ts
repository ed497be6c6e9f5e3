/* The index of everything that was said and can be read on this device: put in, taken out, searched. */

import { type Followed, Observable } from "../../platform/observable.ts";
import { inPieces } from "../../platform/pieces.ts";
import { type Batch, newBatch, type SearchStore } from "../../platform/search_store.ts";
import { Turns } from "../../platform/turns.ts";
import { SearchChanges } from "./changes.ts";
import { addPlaces, type Bits, BLOCK, BUCKETS, bucketOf, noBits, pack, placesOf, unpack } from "./postings.ts";
import { alternativesOf, havingAll, roomTerm, senderTerm, termsOf, wordsOf } from "./terms.ts";

/** A message as it is found. `version` is when this text was written: of two texts of a message the newer stays.
 * `until` is when it disappears, if it does. */
export type Said = {
    eventId: string;
    roomId: string;
    senderId: string;
    at: number;
    version: number;
    text: string;
    until?: number;
};

/** `from` and `to` are moments in ms. `leaveOut` says what is not to be found. */
export type Sought = {
    text: string;
    roomId?: string;
    senderId?: string;
    from?: number;
    to?: number;
    leaveOut?: (said: Said) => boolean;
    limit: number;
};

/** Notes of the index: how many numbers were given. */
const COUNT = 0;
/** Hashes that are remembered: most words of a message were in one before. */
const MOST_HASHES = 50_000;
const READ_AT_ONCE = 64;

/** What is written at once. */
type Work = { batch: Batch; changes: SearchChanges };

export class SearchIndex {
    readonly #store: SearchStore;
    readonly #hashes = new Map<string, bigint>();
    readonly #size = new Observable(0);
    /** When each message was sent, in seconds; 0 for those that are gone. */
    #times: Uint32Array<ArrayBuffer> = new Uint32Array(BLOCK);
    /** Numbers given so far. */
    #count = 0;
    #turn: Promise<unknown> = Promise.resolve();

    private constructor(store: SearchStore) {
        this.#store = store;
    }

    static async open(store: SearchStore): Promise<SearchIndex> {
        const index = new SearchIndex(store);
        await index.#load();
        return index;
    }

    /** How many messages can be found. */
    get size(): Followed<number> {
        return this.#size;
    }

    close(): Promise<void> {
        return this.#store.close();
    }

    /** Put messages in; of those that are there the newer text stays. Returns how many were not there. */
    put(messages: readonly Said[]): Promise<number> {
        return this.#inTurn(() => this.#put(messages));
    }

    remove(eventIds: readonly string[]): Promise<void> {
        return this.#inTurn(async () => {
            const numbers = await this.#numbersOf(eventIds);
            await this.#drop(numbers.filter((number) => number !== undefined));
        });
    }

    /** Take out what was said in a chat; of that, what disappears until some moment, if one is given. */
    removeOf(roomId: string, { until }: { until?: number } = {}): Promise<void> {
        return this.#inTurn(async () => {
            const found = await this.#having([[roomTerm(roomId)]]);
            await this.#drop(found, ({ until: end = Infinity }) => until === undefined || end <= until);
        });
    }

    /** Take everything out. */
    clear(): Promise<void> {
        return this.#inTurn(async () => {
            await this.#store.clear();
            await this.#load();
        });
    }

    /** Return what fits, the newest first. */
    search(sought: Sought): Promise<readonly Said[]> {
        return this.#inTurn(() => this.#search(sought));
    }

    /** One after another: each sees what the one before it wrote. */
    #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
        const done = this.#turn.then(work, work);
        this.#turn = done;
        return done;
    }

    async #load(): Promise<void> {
        const [note] = await this.#store.rows("notes", [COUNT]);
        this.#count = note === undefined ? 0 : (new Uint32Array(note.buffer)[0] ?? 0);
        const blocks = this.#blocks();
        this.#times = new Uint32Array(BLOCK);
        this.#grow();
        const kept = await this.#store.rows("times", blocks);
        for (const [block, row] of kept.entries()) if (row) this.#times.set(new Uint32Array(row.buffer), block * BLOCK);
        this.#measure();
    }

    async #put(messages: readonly Said[]): Promise<number> {
        const inOrder = messages.toSorted((one, other) => one.version - other.version);
        const newest = [...new Map(inOrder.map((each) => [each.eventId, each])).values()];
        const numbers = await this.#numbersOf(newest.map(({ eventId }) => eventId));
        const known = await this.#read(numbers.filter((number) => number !== undefined));
        const work: Work = { batch: newBatch(), changes: new SearchChanges() };
        const first = this.#count;
        for (const [index, message] of newest.entries()) {
            const number = numbers[index];
            const before = number === undefined ? undefined : known.get(number);
            if (number === undefined || before === undefined) await this.#take(this.#count++, message, work);
            else await this.#renew(number, before, message, work);
        }
        await this.#write(work);
        return this.#count - first;
    }

    async #take(number: number, message: Said, { batch, changes }: Work): Promise<void> {
        this.#grow();
        this.#times[number] = secondsOf(message.at);
        batch.ids.set(await this.#idOf(message.eventId), number);
        batch.rows.messages.set(number, packed(message));
        changes.set(number, await this.#hashed(message), { there: true });
    }

    /** A later text replaces an earlier one; an earlier one only tells when the message was first sent. */
    async #renew(number: number, before: Said, message: Said, { batch, changes }: Work): Promise<void> {
        const at = Math.min(before.at, message.at);
        const until = earlier(before.until, message.until);
        const newer = message.version > before.version ? message : before;
        const after = { ...newer, at, ...(until === undefined ? {} : { until }) };
        if (after.text === before.text && after.at === before.at && until === before.until) return;
        this.#times[number] = secondsOf(at);
        batch.rows.messages.set(number, packed(after));
        changes.set(number, await this.#hashed(before), { there: false });
        changes.set(number, await this.#hashed(after), { there: true });
    }

    async #drop(numbers: readonly number[], holds: (said: Said) => boolean = () => true): Promise<void> {
        const work: Work = { batch: newBatch(), changes: new SearchChanges() };
        for (const [number, message] of await this.#read(numbers)) {
            if (!holds(message)) continue;
            this.#times[number] = 0;
            work.batch.ids.set(await this.#idOf(message.eventId), null);
            work.batch.rows.messages.set(number, null);
            work.changes.set(number, await this.#hashed(message), { there: false });
        }
        await this.#write(work);
    }

    /** Write everything in one transaction; where that fails, believe the disk again. */
    async #write({ batch, changes }: Work): Promise<void> {
        if (changes.blocks.size === 0) return;
        const rows = await this.#store.rows("terms", changes.rows);
        const turns = new Turns();
        for (const [index, place] of changes.rows.entries()) {
            await turns.give();
            const postings = unpack(rows[index]);
            changes.alter(place, postings);
            batch.rows.terms.set(place, pack(postings));
        }
        for (const block of changes.blocks) {
            batch.rows.times.set(block, new Uint8Array(this.#times.slice(block * BLOCK, (block + 1) * BLOCK).buffer));
        }
        batch.rows.notes.set(COUNT, new Uint8Array(Uint32Array.of(this.#count).buffer));
        try {
            await this.#store.write(batch);
        } catch (error) {
            await this.#load();
            throw error;
        }
        this.#measure();
    }

    async #search(sought: Sought): Promise<readonly Said[]> {
        const words = [...new Set(wordsOf(sought.text))];
        if (words.length === 0) return [];
        const found = await this.#candidates(words, sought);
        const fits = havingAll(words);
        const hits: Said[] = [];
        for (let at = 0; at < found.length && hits.length < sought.limit; at += READ_AT_ONCE) {
            const read = await this.#read(found.slice(at, at + READ_AT_ONCE));
            // A beginning of five letters may have been another word's.
            hits.push(...[...read.values()].filter((each) => !sought.leaveOut?.(each) && fits(each.text)));
        }
        return hits.slice(0, sought.limit);
    }

    /** Return the numbers of what may fit, the newest first. */
    async #candidates(
        words: readonly string[],
        { roomId, senderId, from = 0, to = Infinity }: Sought,
    ): Promise<number[]> {
        const wanted = words.map(alternativesOf);
        if (roomId !== undefined) wanted.push([roomTerm(roomId)]);
        if (senderId !== undefined) wanted.push([senderTerm(senderId)]);
        const time = (number: number) => (this.#times[number] ?? 0) * 1000;
        return (await this.#having(wanted))
            .filter((number) => time(number) > 0 && time(number) >= from && time(number) < to)
            .sort((one, other) => time(other) - time(one));
    }

    /** Return the numbers of messages that have one of each group of terms. */
    async #having(groups: readonly (readonly string[])[]): Promise<number[]> {
        const blocks = this.#blocks();
        let all: Bits[] | null = null;
        for (const group of groups) {
            const some = blocks.map(noBits);
            for (const term of group) await this.#addTerm(await this.#hash(term), some);
            all =
                all === null
                    ? some
                    : all.map((bits, block) => bits.map((word, index) => word & (some[block]?.[index] ?? 0)));
        }
        return (all ?? []).flatMap((bits, block) => placesOf(bits).map((place) => block * BLOCK + place));
    }

    async #addTerm(term: bigint, sets: readonly Bits[]): Promise<void> {
        const rows = await this.#store.rows(
            "terms",
            sets.map((_, block) => block * BUCKETS + bucketOf(term)),
        );
        for (const [block, row] of rows.entries()) {
            const bits = sets[block];
            if (row !== undefined && bits !== undefined) addPlaces(row, term, bits);
        }
    }

    async #read(numbers: readonly number[]): Promise<Map<number, Said>> {
        const rows = await this.#store.rows("messages", numbers);
        const read = numbers.map((number, index) => [number, rows[index]] as const);
        return new Map(read.flatMap(([number, row]) => (row === undefined ? [] : [[number, opened(row)]])));
    }

    async #numbersOf(eventIds: readonly string[]): Promise<(number | undefined)[]> {
        return this.#store.numbers(await inPieces(eventIds, (eventId) => this.#idOf(eventId)));
    }

    async #idOf(eventId: string): Promise<string> {
        return (await this.#store.hash(eventId)).toString(36);
    }

    async #hashed(message: Said): Promise<bigint[]> {
        return inPieces([...termsOf(message)], (term) => this.#hash(term));
    }

    async #hash(term: string): Promise<bigint> {
        const known = this.#hashes.get(term);
        if (known !== undefined) return known;
        if (this.#hashes.size >= MOST_HASHES) this.#hashes.clear();
        const made = await this.#store.hash(term);
        this.#hashes.set(term, made);
        return made;
    }

    #blocks(): number[] {
        return Array.from({ length: Math.ceil(this.#count / BLOCK) }, (_, block) => block);
    }

    #grow(): void {
        const needed = Math.max(1, Math.ceil((this.#count + 1) / BLOCK)) * BLOCK;
        if (this.#times.length >= needed) return;
        const times = new Uint32Array(needed);
        times.set(this.#times);
        this.#times = times;
    }

    #measure(): void {
        let size = 0;
        for (const time of this.#times) if (time > 0) size++;
        this.#size.set(size);
    }
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
    return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

/** Never 0, which is the time of what is gone. */
function secondsOf(moment: number): number {
    return Math.max(1, Math.floor(moment / 1000));
}

function packed(message: Said): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(JSON.stringify(message));
}

function opened(row: Uint8Array<ArrayBuffer>): Said {
    return JSON.parse(new TextDecoder().decode(row)) as Said;
}
