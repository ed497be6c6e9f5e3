/* Search in what was said: the index of this device, what feeds it, and what makes its findings readable. */

import type { Followed, Stop } from "../../platform/observable.ts";
import { SearchStore } from "../../platform/search_store.ts";
import { chatName } from "../list/shown_chats.ts";
import { nameOfMember } from "../rooms/people.ts";
import type { Session } from "../session/session.ts";
import { type Progress, SearchBackfill } from "./backfill.ts";
import { saidIn } from "./entry.ts";
import { SearchFeed } from "./feed.ts";
import { type Said, SearchIndex, type Sought } from "./index.ts";
import { havingAll, wordsOf } from "./terms.ts";

/** A message that was found. */
export type Hit = {
    eventId: string;
    roomId: string;
    roomName: string;
    senderId: string;
    senderName: string;
    at: number;
    text: string;
};

type Parts = { index: SearchIndex; feed: SearchFeed; backfill: SearchBackfill };

/** Lives as long as the session. What is said in locked chats never comes to the index; while they are open, what of
 * them lies in memory is searched as well. */
export class Search {
    readonly #session: Session;
    readonly #parts: Promise<Parts>;
    #stops: Stop[] = [];
    #ended = false;

    constructor(session: Session) {
        this.#session = session;
        this.#parts = this.#open();
        // Without a database there is no search, and everything else works.
        this.#parts.catch(() => {});
    }

    /** How many messages can be found, and how far a walk has come; `look` is told of each change. */
    async follow(look: (state: { size: number; progress: Progress }) => void): Promise<Stop> {
        const { index, backfill } = await this.#parts;
        const tell = () => look({ size: index.size.value, progress: backfill.progress.value });
        const stops = [index.size, backfill.progress].map((each: Followed<unknown>) => each.subscribe(tell));
        tell();
        return () => {
            for (const stop of stops) stop();
        };
    }

    /** Return what fits, the newest first. */
    async find(sought: Sought): Promise<readonly Hit[]> {
        const { index } = await this.#parts;
        const now = Date.now();
        const leaveOut = ({ roomId, until = Infinity }: Said) => until <= now || this.#session.chatLock.locks(roomId);
        const found = [...(await index.search({ ...sought, leaveOut })), ...this.#inOpenLocks(sought)];
        return found.toSorted((one, other) => other.at - one.at).map((said) => this.#hit(said));
    }

    async indexOlder(): Promise<void> {
        await (await this.#parts).backfill.run();
    }

    async leaveOlder(): Promise<void> {
        (await this.#parts).backfill.stop();
    }

    async size(): Promise<number> {
        return (await this.#parts).index.size.value;
    }

    /** Empty the index. */
    async clear(): Promise<void> {
        const { index, backfill } = await this.#parts;
        await backfill.forget();
        await index.clear();
    }

    /** Let go of the database: at sign-out it is destroyed, another tab may want it. */
    dispose(): void {
        this.#ended = true;
        for (const stop of this.#stops) stop();
        void this.#parts.then(
            ({ index, backfill }) => {
                backfill.stop();
                return index.close();
            },
            () => {},
        );
    }

    async #open(): Promise<Parts> {
        const index = await SearchIndex.open(await SearchStore.open());
        const withholds = (roomId: string) => this.#session.chatLock.locks(roomId);
        const feed = new SearchFeed(this.#session, index, withholds);
        const backfill = new SearchBackfill(this.#session, feed, withholds);
        if (!this.#ended) {
            this.#stops = [feed.follow(), this.#session.chatLock.onLock((roomId) => void this.#leaveOut(roomId))];
            for (const room of this.#session.client.getRooms()) {
                for (const event of room.getLiveTimeline().getEvents()) feed.offer(event);
            }
            void feed.expire();
        }
        return { index, feed, backfill };
    }

    async #leaveOut(roomId: string): Promise<void> {
        const { index, backfill } = await this.#parts;
        await backfill.forgetChat(roomId);
        await index.removeOf(roomId);
    }

    #inOpenLocks({ text, roomId, senderId, from = 0, to = Infinity }: Sought): Said[] {
        const words = wordsOf(text);
        const rooms = this.#session.chatLock.openRooms.filter((each) => roomId === undefined || each === roomId);
        if (words.length === 0) return [];
        const fits = havingAll(words);
        return rooms
            .flatMap((each) => this.#session.client.getRoom(each)?.getLiveTimeline().getEvents() ?? [])
            .filter((event) => !this.#session.disappearing.isGone(event))
            .map(saidIn)
            .filter((each) => each !== null)
            .filter((each) => (senderId ?? each.senderId) === each.senderId && each.at >= from && each.at < to)
            .filter((each) => fits(each.text));
    }

    #hit({ eventId, roomId, senderId, at, text }: Said): Hit {
        const room = this.#session.client.getRoom(roomId);
        const senderName = nameOfMember(room?.getMember(senderId) ?? null, senderId);
        return { eventId, roomId, roomName: chatName(this.#session, roomId), senderId, senderName, at, text };
    }
}
