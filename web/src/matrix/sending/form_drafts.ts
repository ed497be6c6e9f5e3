/* Forms that somebody has begun to fill in and not sent, by message: they survive a reload and a crash. */

import type { Area } from "../../platform/vault.ts";
import type { Page } from "../timeline/forms.ts";

/** What was begun of a form, and when it was changed last, in ms. */
export type KeptForm = { pages: readonly Page[]; at: number };

/** What is older than the last so many is let go. */
const MOST = 20;
/** How long after something was written down it is not written again. */
const REST_MS = 300;

/** Lives as long as a session. */
export class FormDrafts {
    readonly #area: Area<KeptForm>;
    readonly #all = new Map<string, KeptForm>();
    readonly #due = new Set<string>();
    #resting: ReturnType<typeof setTimeout> | undefined;
    /** The last writing of all: the disk gets one state after the other. */
    #writing: Promise<void> = Promise.resolve();
    /** What was begun in earlier visits is there. */
    readonly ready: Promise<void>;

    constructor(area: Area<KeptForm>) {
        this.#area = area;
        this.ready = this.#load();
    }

    of(formId: string): readonly Page[] {
        return this.#all.get(formId)?.pages ?? [];
    }

    /** Remember what was filled in so far; nothing forgets it. */
    keep(formId: string, pages: readonly Page[]): void {
        this.#all.delete(formId);
        if (pages.length > 0) this.#all.set(formId, { pages, at: Date.now() });
        this.#due.add(formId);
        for (const id of [...this.#all.keys()].slice(0, -MOST)) {
            this.#all.delete(id);
            this.#due.add(id);
        }
        this.#resting ??= setTimeout(() => void this.flush(), REST_MS);
    }

    /** Write down now what waits. */
    async flush(): Promise<void> {
        clearTimeout(this.#resting);
        this.#resting = undefined;
        for (const id of this.#due) this.#write(id);
        this.#due.clear();
        await this.#writing;
    }

    #write(id: string): void {
        const kept = this.#all.get(id);
        const write = () => (kept === undefined ? this.#area.delete(id) : this.#area.put(id, kept));
        // What could not be written is written with the next change, or not at all where the disk is gone.
        this.#writing = this.#writing.then(write).catch(() => {});
    }

    async #load(): Promise<void> {
        const kept = [...(await this.#area.all())].sort(([, one], [, other]) => one.at - other.at);
        const newer = [...this.#all];
        this.#all.clear();
        for (const [id, draft] of [...kept, ...newer]) this.#all.set(id, draft);
    }
}
