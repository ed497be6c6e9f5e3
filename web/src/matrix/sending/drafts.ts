/* What somebody has begun to write and not sent, by chat: it survives a reload and a crash. */

import { type Followed, Observable } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import type { Quote } from "../timeline/message.ts";
import type { Named } from "./written.ts";

/** What is being written: something new, an answer, or other words for something old; `until` when that disappears. */
export type Mode =
    | { kind: "new" }
    | { kind: "reply"; to: Quote & { senderId: string; productId?: string }; until?: number }
    | { kind: "edit"; id: string; key: string; before: string; until?: number };

export type Draft = { text: string; mode: Mode; named: readonly Named[] };

export const EMPTY: Draft = { text: "", mode: { kind: "new" }, named: [] };

/** How long after a draft was written down it is not written again. */
const REST_MS = 300;

/** Lives as long as a session. The place of a draft is its chat, or a branch in it. */
export class Drafts {
    readonly #area: Area<Draft>;
    readonly #all = new Observable<ReadonlyMap<string, Draft>>(new Map());
    /** The places whose drafts have changed since they were written down. */
    readonly #due = new Set<string>();
    readonly #resting = new Set<string>();
    /** The last writing of all: the disk gets one state after the other, however long each takes to be sealed. */
    #writing: Promise<void> = Promise.resolve();
    /** Drafts of earlier visits are there. */
    readonly ready: Promise<void>;

    constructor(area: Area<Draft>) {
        this.#area = area;
        this.ready = this.#load();
    }

    /** All drafts; a list of chats shows which have one. */
    get all(): Followed<ReadonlyMap<string, Draft>> {
        return this.#all;
    }

    of(place: string): Draft {
        return this.#all.value.get(place) ?? EMPTY;
    }

    /** Remember a draft; on the way to the disk at once, unless that was a moment ago. */
    keep(place: string, draft: Draft): void {
        const all = new Map(this.#all.value);
        if (isEmpty(draft)) all.delete(place);
        else all.set(place, draft);
        this.#all.set(all);
        this.#due.add(place);
        if (!this.#resting.has(place)) this.#writeAndRest(place);
    }

    /** Write down now what waits for the end of a rest. */
    async flush(): Promise<void> {
        for (const place of this.#due) this.#write(place);
        await this.#writing;
    }

    #writeAndRest(place: string): void {
        this.#resting.add(place);
        this.#write(place);
        setTimeout(() => {
            this.#resting.delete(place);
            if (this.#due.has(place)) this.#writeAndRest(place);
        }, REST_MS);
    }

    #write(place: string): void {
        this.#due.delete(place);
        const draft = this.of(place);
        const write = () => (isEmpty(draft) ? this.#area.delete(place) : this.#area.put(place, draft));
        // What could not be written is written with the next change, or not at all where the disk is gone.
        this.#writing = this.#writing.then(write).catch(() => {});
    }

    async #load(): Promise<void> {
        const kept = await this.#area.all();
        // What was written in the meantime is newer.
        this.#all.set(new Map([...kept, ...this.#all.value]));
        const now = Date.now();
        for (const [place, draft] of this.#all.value) {
            const { mode } = draft;
            if (mode.kind !== "new" && (mode.until ?? Infinity) <= now) this.keep(place, withoutMode(draft));
        }
    }
}

/** Return a draft that answers and edits nothing: the words that were being edited go with what they were. */
export function withoutMode({ text, mode, named }: Draft): Draft {
    return { text: mode.kind === "edit" ? "" : text, mode: { kind: "new" }, named };
}

function isEmpty({ text, mode }: Draft): boolean {
    return text === "" && mode.kind === "new";
}
