/* What was written here and is not yet known to have reached the server: queues that survive a reload, as messages. */

import { EventType, type MatrixEvent, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { nameOfMember } from "../rooms/people.ts";
import type { Session } from "../session/session.ts";
import { readFilled } from "../timeline/forms.ts";
import { readAnswer } from "../timeline/menus.ts";
import { type Body, type Message, PLAIN, readBody } from "../timeline/message.ts";
import { readOrder } from "../timeline/products.ts";
import type { Kept, Queued } from "./chat_queue.ts";
import { isMessage } from "./pending_echo.ts";
import { Queues } from "./queues.ts";
import type { Problem } from "./send_problems.ts";
import { type Draft, type Sending, send } from "./sending.ts";

/** Makes a draft ready: uploads its file, and says in its content where that lies. Called again at each try. */
export type Prepare = (sending: Sending) => Promise<Draft>;

/** Lives as long as a session; made once. */
export class Outbox {
    readonly #session: Session;
    readonly #queues: Queues;
    readonly #connected: Observable<boolean>;
    readonly #prepares = new Map<string, Prepare>();
    readonly #messages = new Map<string, Observable<readonly Message[]>>();
    readonly #stops: Stop[];

    constructor(session: Session) {
        this.#session = session;
        // Before the first sync nobody knows who is in a chat now, and with which devices.
        const live = () => session.connection.value === "live";
        this.#connected = new Observable(live());
        this.#queues = new Queues({
            kept: session.vault.area<Kept>("outbox"),
            connected: this.#connected,
            send: async (sending) => send(session, await this.#prepared(sending)),
            rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
            now: () => Date.now(),
            newKey: () => crypto.randomUUID(),
        });
        this.#stops = [
            session.connection.subscribe(() => this.#connected.set(live())),
            () => this.#queues.end(),
            this.#watch(),
        ];
    }

    /** How many things of all chats have not reached the server. */
    get count(): Followed<number> {
        return this.#queues.count;
    }

    /** Everything that is under way in a chat: messages, edits, reactions, deletions. */
    pending(roomId: string): Followed<readonly Queued[]> {
        return this.#queues.entries(roomId);
    }

    /** The messages under way in a chat, to be shown after those that have come; one that came is gone from here. */
    entries(roomId: string): Followed<readonly Message[]> {
        const known = this.#messages.get(roomId);
        if (known !== undefined) return known;
        const queued = this.pending(roomId);
        const make = () => queued.value.filter(isShown).map((entry) => this.#message(entry));
        const messages = new Observable<readonly Message[]>(make());
        queued.subscribe(() => messages.set(make()));
        this.#messages.set(roomId, messages);
        return messages;
    }

    /** Why a message rests; null if it does not. */
    problem(key: string): Problem | null {
        return this.find(key)?.problem ?? null;
    }

    /** Take something in. Once this resolves it will be sent, whatever happens to this page. Returns its key, which
     * may be given by what was before the message, such as an upload; the same key is taken once. */
    add(roomId: string, draft: Draft, key?: string): Promise<string> {
        return this.#queues.add(roomId, draft, key);
    }

    /** Try again what rests, and with it what waits behind it. */
    async retry(key: string): Promise<void> {
        await this.#queues.of(key)?.retry(key);
    }

    /** Try again what was held back in a chat: what held it has been settled. */
    async release(roomId: string): Promise<void> {
        const held = this.pending(roomId).value.filter(({ problem }) => problem?.kind === "held");
        for (const { key } of held) await this.retry(key);
    }

    /** Drop a message that was not sent; false if it is too late. */
    async cancel(key: string): Promise<boolean> {
        return (await this.#queues.of(key)?.cancel(key)) ?? false;
    }

    /** What lies in the queue under a key, if anything. */
    find(key: string): Queued | undefined {
        return this.#queues.of(key)?.shown.value.find((entry) => entry.key === key);
    }

    /** Say whether nobody has been given a message yet. */
    canChange(key: string): boolean {
        const entry = this.find(key);
        return entry?.triedAt === null && entry.state !== "sending";
    }

    /** Replace a message that nobody has been given yet; false if it is too late, and it must be edited instead. */
    async change(key: string, draft: Draft): Promise<boolean> {
        return (await this.#queues.of(key)?.change(key, draft)) ?? false;
    }

    /** Say who makes drafts ready whose `prepare` is `name`. Before anything of the kind is added. */
    prepareWith(name: string, prepare: Prepare): void {
        this.#prepares.set(name, prepare);
    }

    dispose(): void {
        for (const stop of this.#stops) stop();
    }

    async #prepared(sending: Sending): Promise<Sending> {
        const { prepare: name } = sending.draft;
        if (name === undefined) return sending;
        const prepare = this.#prepares.get(name);
        if (prepare === undefined) throw new Error("Nobody here makes this kind of message ready.");
        return { ...sending, draft: await prepare(sending) };
    }

    /** Let go of what comes back with a sync. */
    #watch(): Stop {
        const { client } = this.#session;
        const came = async (event: MatrixEvent) => {
            const key = event.getUnsigned().transaction_id;
            const queue = key === undefined ? undefined : this.#queues.of(key);
            if (key === undefined || queue === undefined) return;
            // Until it can be read, what was written stands in its place.
            await this.#session.decrypting.now(event).catch(() => {});
            await queue.seen(key);
        };
        const gap = () => this.#queues.forgetSent();
        client.on(RoomEvent.Timeline, came);
        client.on(RoomEvent.TimelineReset, gap);
        return () => {
            client.off(RoomEvent.Timeline, came);
            client.off(RoomEvent.TimelineReset, gap);
        };
    }

    #message({ key, roomId, draft, at, state, eventId, problem }: Queued): Message {
        const { userId, client } = this.#session;
        return {
            ...PLAIN,
            id: eventId ?? key,
            key,
            senderId: userId,
            senderName: nameOfMember(client.getRoom(roomId)?.getMember(userId) ?? null, userId),
            mine: true,
            at,
            body: bodyOf(draft),
            answers: readAnswer(draft.content),
            fills: readFilled(draft.content),
            order: readOrder(draft.content, () => null),
            progress: problem?.kind === "held" ? "held" : state,
        };
    }
}

/** What changes other messages is shown with them, unless it rests: then somebody must decide about it. */
function isShown(entry: Queued): boolean {
    return isMessage(entry) || entry.state === "failed";
}

function bodyOf({ type, content }: Draft): Body {
    if (type === EventType.RoomRedaction) return { kind: "deleted" };
    return readBody(content["m.new_content"] ?? content, type);
}
