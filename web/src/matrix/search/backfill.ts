/* Older messages for the index, when somebody asks for them: chat by chat, from the newest back to where the last time
 * ended. It can be left at any time and goes on where it was. */

import { Direction, type MatrixClient, type MatrixEvent, MatrixEventEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import type { Session } from "../session/session.ts";
import type { SearchFeed } from "./feed.ts";

const PAGE = 100;

/** `chats` of `of` are done; `messages` were new. */
export type Progress = { running: boolean; chats: number; of: number; messages: number; failed: boolean };

/** How far a chat has been walked: everything older than `until` is in; a walk that was left goes on at `token`. */
type Walked = { until: string | null; top: string | null; token: string | null };

type Page = Awaited<ReturnType<MatrixClient["createMessagesRequest"]>>;

const NEVER: Walked = { until: null, top: null, token: null };

export class SearchBackfill {
    readonly #session: Session;
    readonly #feed: SearchFeed;
    readonly #withholds: (roomId: string) => boolean;
    readonly #walked: Area<Walked>;
    readonly #progress = new Observable<Progress>({ running: false, chats: 0, of: 0, messages: 0, failed: false });
    #stopping = false;

    constructor(session: Session, feed: SearchFeed, withholds: (roomId: string) => boolean) {
        this.#session = session;
        this.#feed = feed;
        this.#withholds = withholds;
        this.#walked = session.vault.area<Walked>("search-walked");
    }

    get progress(): Followed<Progress> {
        return this.#progress;
    }

    /** Walk all chats; resolves when that is done, left or has failed. */
    async run(): Promise<void> {
        if (this.#progress.value.running) return;
        this.#stopping = false;
        const rooms = this.#session.client.getRooms().filter((room) => room.getMyMembership() === "join");
        this.#progress.set({ running: true, chats: 0, of: rooms.length, messages: 0, failed: false });
        try {
            for (const { roomId } of rooms) {
                if (this.#stopping) break;
                if (!this.#withholds(roomId)) await this.#walk(roomId);
                if (!this.#stopping) this.#change({ chats: this.#progress.value.chats + 1 });
            }
            this.#change({ running: false });
        } catch {
            this.#change({ running: false, failed: true });
        }
    }

    /** Leave it after the page that is on its way. */
    stop(): void {
        this.#stopping = true;
    }

    /** Forget how far it came, as the index was emptied. */
    async forget(): Promise<void> {
        this.stop();
        for (const roomId of (await this.#walked.all()).keys()) await this.#walked.delete(roomId);
    }

    /** Walk a chat from its newest again the next time. */
    async forgetChat(roomId: string): Promise<void> {
        await this.#walked.delete(roomId);
    }

    async #walk(roomId: string): Promise<void> {
        let walked = (await this.#walked.get(roomId)) ?? NEVER;
        while (!this.#stopping) {
            const page = await this.#page(roomId, walked.token);
            const ids = page.chunk.map((event) => event.event_id);
            const met = walked.until !== null && ids.includes(walked.until);
            await this.#take(page);
            const top = walked.top ?? ids[0] ?? null;
            const ended = met || page.end === undefined || page.chunk.length === 0;
            walked = ended ? { until: top, top: null, token: null } : { ...walked, top, token: page.end ?? null };
            await this.#walked.put(roomId, walked);
            if (ended) return;
        }
    }

    #page(roomId: string, token: string | null): Promise<Page> {
        return this.#session.client.createMessagesRequest(roomId, token, PAGE, Direction.Backward);
    }

    async #take({ chunk }: Page): Promise<void> {
        const { client } = this.#session;
        const map = client.getEventMapper({ decrypt: false, preventReEmit: true });
        for (const raw of chunk) await this.#offer(map(raw));
        this.#change({ messages: this.#progress.value.messages + (await this.#feed.flush()) });
    }

    async #offer(event: MatrixEvent): Promise<void> {
        if (event.isEncrypted()) await this.#session.client.decryptEventIfNeeded(event);
        this.#session.disappearing.learn(event);
        // Its key may come from the backup a moment later.
        if (event.isDecryptionFailure()) event.once(MatrixEventEvent.Decrypted, (later) => this.#feed.offer(later));
        this.#feed.offer(event);
    }

    #change(change: Partial<Progress>): void {
        this.#progress.set({ ...this.#progress.value, ...change });
    }
}
