/* The queues of all chats, kept in one place in the order in which things were written. Knows no server. */

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { ChatQueue, type Kept, type Queued, type QueueGround } from "./chat_queue.ts";
import type { Draft } from "./sending.ts";

/** Places are numbers with this many digits, so that they sort as they grow. */
const DIGITS = 12;

export class Queues {
    readonly #ground: QueueGround & { newKey: () => string };
    readonly #chats = new Map<string, ChatQueue>();
    readonly #count = new Observable(0);
    readonly #stop: Stop;
    /** Everything from before is there; later things come after it. */
    readonly #ready: Promise<void>;
    #place = 0;
    #adding: Promise<unknown> = Promise.resolve();

    constructor(ground: QueueGround & { newKey: () => string }) {
        this.#ground = ground;
        this.#ready = this.#load();
        this.#stop = ground.connected.subscribe(() => {
            if (ground.connected.value) for (const chat of this.#chats.values()) void chat.run();
        });
    }

    /** How many things wait or rest in all chats. */
    get count(): Followed<number> {
        return this.#count;
    }

    entries(roomId: string): Followed<readonly Queued[]> {
        return this.chat(roomId).shown;
    }

    /** Take something in; it will be sent, whatever happens to this page, once this resolves. Returns its key.
     * What was added under a key before is not added again. */
    add(roomId: string, draft: Draft, key = this.#ground.newKey()): Promise<string> {
        const added = this.#adding.then(() => this.#add(roomId, draft, key));
        this.#adding = added.catch(() => {});
        return added;
    }

    /** Return the queue of a chat. */
    chat(roomId: string): ChatQueue {
        const known = this.#chats.get(roomId);
        if (known !== undefined) return known;
        const chat = new ChatQueue(this.#ground);
        this.#chats.set(roomId, chat);
        chat.shown.subscribe(() => this.#countAll());
        return chat;
    }

    /** Return the queue that an entry lies in. */
    of(key: string): ChatQueue | undefined {
        return [...this.#chats.values()].find((chat) => chat.shown.value.some((entry) => entry.key === key));
    }

    /** Forget everywhere what the server has. */
    forgetSent(): void {
        for (const chat of this.#chats.values()) chat.forgetSent();
    }

    end(): void {
        this.#stop();
        for (const chat of this.#chats.values()) chat.end();
    }

    async #load(): Promise<void> {
        for (const [place, kept] of await this.#ground.kept.all()) {
            this.#place = Math.max(this.#place, Number(place));
            this.chat(kept.roomId).take(place, kept);
        }
    }

    async #add(roomId: string, draft: Draft, key: string): Promise<string> {
        await this.#ready;
        if (this.of(key) !== undefined) return key;
        this.#place += 1;
        const place = String(this.#place).padStart(DIGITS, "0");
        const { kept, now } = this.#ground;
        const entry: Kept = { key, roomId, draft, at: now(), triedAt: null, problem: null };
        await kept.put(place, entry);
        this.chat(roomId).take(place, entry);
        return key;
    }

    #countAll(): void {
        const entries = [...this.#chats.values()].flatMap((chat) => chat.shown.value);
        this.#count.set(entries.filter(({ state }) => state !== "sent").length);
    }
}
