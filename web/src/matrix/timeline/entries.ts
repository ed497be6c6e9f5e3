/* The events of a timeline in their order, each with the message made of it. A change spoils one entry, and only that
 * one is made again: ten thousand others stay the objects they were, so that no view looks at them twice. */

import type { MatrixEvent } from "matrix-js-sdk/lib/matrix";

import type { Message } from "./message.ts";

/** Makes the message of an event; null where an event shows nothing. */
export type Make = (event: MatrixEvent) => Message | null;

type Entry = {
    event: MatrixEvent;
    message: Message | null;
    spoiled: boolean;
    /** Where it stands among the others. */
    place: number;
};

export class Entries {
    readonly #make: Make;
    #entries: Entry[] = [];
    #byId = new Map<string, Entry>();
    #transactions = new Set<string>();
    /** Which messages show something of another: those that answer it. */
    readonly #showing = new Map<string, Set<string>>();

    constructor(make: Make) {
        this.#make = make;
    }

    /** Hold these events and no others; what was made of those that stay is kept. */
    replace(events: readonly MatrixEvent[]): void {
        const before = this.#byId;
        this.#entries = [];
        this.#byId = new Map();
        this.#transactions = new Set();
        for (const event of events) this.#hold(event, before.get(event.getId() ?? ""));
    }

    /** Hold one more event, behind the others. */
    append(event: MatrixEvent): void {
        if (!this.#byId.has(event.getId() ?? "")) this.#hold(event, undefined);
    }

    /** An event has changed, and with it whatever shows something of it. */
    spoil(id: string): void {
        const entry = this.#byId.get(id);
        if (entry !== undefined) entry.spoiled = true;
        for (const other of this.#showing.get(id) ?? []) {
            const showing = this.#byId.get(other);
            if (showing !== undefined) showing.spoiled = true;
        }
    }

    /** Spoil the entries that fulfil a condition, from one place to another. */
    spoilAll(holds: (event: MatrixEvent) => boolean, from = 0, to = this.#entries.length): void {
        for (const entry of this.#entries.slice(from, to)) if (holds(entry.event)) entry.spoiled = true;
    }

    /** Make again what was spoiled, and return all messages. */
    read(): Message[] {
        const messages: Message[] = [];
        for (const entry of this.#entries) {
            if (entry.spoiled) this.#remake(entry);
            if (entry.message !== null) messages.push(entry.message);
        }
        return messages;
    }

    /** Return the first message from a place on that fulfils a condition, as it was last read. */
    firstMessage(place: number, holds: (message: Message) => boolean): Message | undefined {
        for (const { message } of this.#entries.slice(place)) if (message !== null && holds(message)) return message;
        return undefined;
    }

    event(id: string): MatrixEvent | undefined {
        return this.#byId.get(id)?.event;
    }

    /** Return where an event stands among the others; undefined where it is not among them. */
    placeOf(id: string): number | undefined {
        return this.#byId.get(id)?.place;
    }

    /** Return the events from a place on. */
    *from(place: number): Iterable<MatrixEvent> {
        for (let at = place; at < this.#entries.length; at++) {
            const entry = this.#entries[at];
            if (entry !== undefined) yield entry.event;
        }
    }

    /** Say whether the event of one's own transaction is here. */
    hasTransaction(transactionId: string): boolean {
        return this.#transactions.has(transactionId);
    }

    get size(): number {
        return this.#entries.length;
    }

    get last(): MatrixEvent | undefined {
        return this.#entries.at(-1)?.event;
    }

    /** Return the newest that is not somebody's own. */
    lastBut(userId: string): MatrixEvent | undefined {
        return this.#entries.findLast((entry) => entry.event.getSender() !== userId)?.event;
    }

    #hold(event: MatrixEvent, before: Entry | undefined): void {
        const place = this.#entries.length;
        // js-sdk may hold another object for the same event after it has asked for it again.
        const kept = before?.event === event ? before : { event, message: null, spoiled: true, place };
        kept.place = place;
        this.#entries.push(kept);
        this.#byId.set(event.getId() ?? "", kept);
        const transaction = event.getUnsigned().transaction_id;
        if (transaction !== undefined) this.#transactions.add(transaction);
    }

    #remake(entry: Entry): void {
        entry.spoiled = false;
        entry.message = this.#make(entry.event);
        const quoted = entry.message?.reply?.id;
        if (quoted === undefined || entry.message === null) return;
        const showing = this.#showing.get(quoted);
        if (showing === undefined) this.#showing.set(quoted, new Set([entry.message.id]));
        else showing.add(entry.message.id);
    }
}
