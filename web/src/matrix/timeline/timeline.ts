/* The messages of one chat, or of one branch of it, oldest first: the newest, or those around a moment that somebody
 * went back to. What has changed is made again, and nothing else is. */

import { ReceiptType } from "matrix-js-sdk/lib/@types/read_receipts";
import { Direction, type EventTimelineSet, type MatrixEvent, type Room, type Thread } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { nameOf } from "../rooms/people.ts";
import { type Picture, pictureOf } from "../rooms/pictures.ts";
import type { Queued } from "../sending/chat_queue.ts";
import { withPending } from "../sending/pending_echo.ts";
import type { Session } from "../session/session.ts";
import { followChanges } from "./changes.ts";
import { type Version, versionsOf } from "./edits.ts";
import { Entries } from "./entries.ts";
import { makeMessage } from "./event_message.ts";
import { HostNotices } from "./host_notices.ts";
import type { Message } from "./message.ts";
import { Polls } from "./polls.ts";
import { Quotes } from "./quotes.ts";
import { ReadMarks } from "./read_marks.ts";
import { type Reader, Readers } from "./readers.ts";
import { StandingForms } from "./standing_forms.ts";
import { StandingMenus } from "./standing_menus.ts";
import { HistoryWindow } from "./window.ts";

/** So many events fill a high window. */
const SIGHT = 25;

export type TimelineState = {
    messages: readonly Message[];
    /** There is nothing older. */
    whole: boolean;
    /** The newest message is among these, and new ones follow. */
    atEnd: boolean;
};

export type TimelineGround = {
    session: Session;
    room: Room;
    /** A branch of the chat; the chat itself without one. */
    thread?: Thread | undefined;
    /** What waits to be sent; shown behind the newest. */
    queued?: Followed<readonly Message[]> | undefined;
    /** What is under way, done to messages that are here. */
    pending?: Followed<readonly Queued[]> | undefined;
};

/** Between two tellings of what others do: nobody reads along faster, and somebody may be typing. */
const REST_MS = 100;

export class Timeline {
    readonly #session: Session;
    readonly #room: Room;
    readonly #thread: Thread | undefined;
    readonly #timelines: EventTimelineSet;
    readonly #queued: Followed<readonly Message[]>;
    readonly #pending: Followed<readonly Queued[]>;
    readonly #window: HistoryWindow;
    readonly #entries: Entries;
    readonly #readers: Readers;
    readonly #polls: Polls;
    readonly #readMarks: ReadMarks;
    readonly #menus = new StandingMenus();
    readonly #forms = new StandingForms();
    readonly #hosts: HostNotices;
    readonly #state = new Observable<TimelineState>({ messages: [], whole: false, atEnd: false });
    #due: ReturnType<typeof setTimeout> | undefined;
    #atEnd = false;
    #whole = false;
    #followed = true;
    #moved = false;
    #toldAt = -REST_MS;
    #read: string | undefined;

    constructor({ session, room, thread, queued, pending }: TimelineGround) {
        this.#session = session;
        this.#room = room;
        this.#thread = thread;
        this.#timelines = thread?.timelineSet ?? room.getUnfilteredTimelineSet();
        this.#queued = queued ?? new Observable<readonly Message[]>([]);
        this.#pending = pending ?? new Observable<readonly Queued[]>([]);
        this.#window = new HistoryWindow(session, this.#timelines);
        this.#readMarks = new ReadMarks(session.client);
        const me = session.userId;
        this.#readers = new Readers(room, { keeper: thread ?? room, me });
        this.#polls = new Polls(room, { me, changed: (id) => this.#spoil(id) });
        this.#hosts = new HostNotices(room, (userId) => session.statements.known(userId)?.changes ?? []);
        const quotes = new Quotes(session, room, (id) => this.#spoil(id));
        const readersOf = (event: MatrixEvent) => this.#readers.howMany(this.#placeOf(event));
        const { disappearing } = session;
        const inBranch = thread !== undefined;
        const knowledge = { room, me, polls: this.#polls, quotes, readersOf, inBranch, disappearing };
        this.#entries = new Entries((event) => makeMessage(event, knowledge));
    }

    get state(): Followed<TimelineState> {
        return this.#state;
    }

    /** What waits to be sent, wherever one looks. */
    get queued(): Followed<readonly Message[]> {
        return this.#queued;
    }

    /** Follow what is in sight until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const source = { client, room: this.#room, timelines: this.#timelines, thread: this.#thread };
        const unfollow = followChanges(source, {
            added: (event) => this.#add(event),
            // A branch begins empty, and is filled from the other end.
            moved: () => (this.#entries.last === undefined ? void this.showEnd() : this.#retakeSoon()),
            reset: () => this.#atEnd && void (this.#followed ? this.showEnd() : this.#stayBefore()),
            changed: (id) => this.#spoil(id),
            renamed: (userId) => this.#spoilSender(userId),
            received: (receipts) => this.#takeReceipts(receipts),
        });
        const unqueue = this.#queued.subscribe(() => this.#tellOwn());
        const unstate = this.#session.statements.onChange(() => this.#tell());
        return () => {
            unstate();
            unfollow();
            unqueue();
            clearTimeout(this.#due);
            this.#polls.dispose();
        };
    }

    /** Look at the first message that one has not read, and return its id; at the newest where there is none. */
    async open(): Promise<string | null> {
        const read = this.#thread === undefined ? this.#room.getEventReadUpTo(this.#session.userId) : null;
        const newest = this.#timelines.getLiveTimeline().getEvents().at(-1)?.getId();
        if (read === null || read === newest || !(await this.showAround(read))) {
            await this.showEnd();
            return null;
        }
        // What was not read is to fill what is in sight, from its top down.
        if (this.#after(read) < SIGHT && !this.#atEnd) await this.newer();
        const unread = this.#entries.firstMessage((this.#entries.placeOf(read) ?? 0) + 1, isNews);
        if (unread === undefined && !this.#atEnd) await this.showEnd();
        return unread?.id ?? null;
    }

    /** Say whether somebody reads the newest: after a gap they are led there, and whoever does not stays. */
    follows(newest: boolean): void {
        this.#followed = newest;
    }

    /** Look at the newest messages. */
    async showEnd(): Promise<void> {
        await this.#window.show(null);
        this.#retake();
    }

    /** Look at what lies around a message; false where it cannot be had. */
    async showAround(eventId: string): Promise<boolean> {
        if (this.#entries.placeOf(eventId) !== undefined) return true;
        try {
            await this.#window.show(eventId);
        } catch {
            return false;
        }
        this.#retake();
        return true;
    }

    async older(): Promise<void> {
        await this.#window.older();
        this.#retake();
    }

    async newer(): Promise<void> {
        await this.#window.newer();
        this.#retake();
    }

    /** Return the first event from a moment on. Rejects where there is none, and without a connection. */
    async firstSince(moment: number): Promise<string> {
        const { roomId } = this.#room;
        return (await this.#session.client.timestampToEvent(roomId, moment, Direction.Forward)).event_id;
    }

    /** Tell one's own devices that everything in sight was read, and the others too if they may know.
     *
     * It stands at what somebody else said: at one's own it would not say whether what came meanwhile was seen. */
    markRead({ openly }: { openly: boolean }): void {
        const newest = this.#entries.lastBut(this.#session.userId);
        if (newest === undefined || !this.#atEnd || newest.getId() === this.#read) return;
        this.#read = newest.getId();
        this.#readMarks.mark(newest, openly ? ReceiptType.Read : ReceiptType.ReadPrivate);
    }

    /** Return who has read a message, the latest first. */
    async readersOf(eventId: string): Promise<(Reader & { name: string; picture: Picture | null })[]> {
        await this.#room.loadMembersIfNeeded().catch(() => false);
        const place = this.#entries.placeOf(eventId);
        const readers = place === undefined ? [] : this.#readers.of(place);
        return readers
            .map((reader) => ({
                ...reader,
                name: nameOf(this.#room, reader.userId),
                picture: pictureOf(this.#room, reader.userId),
            }))
            .toSorted((one, other) => other.at - one.at);
    }

    async versionsOf(eventId: string): Promise<Version[]> {
        return versionsOf(this.#session, this.#room.roomId, eventId);
    }

    event(eventId: string): MatrixEvent | undefined {
        return this.#entries.event(eventId);
    }

    /** How many events are here behind one that is here too. */
    #after(eventId: string): number {
        return this.#entries.size - 1 - (this.#entries.placeOf(eventId) ?? 0);
    }

    #placeOf(event: MatrixEvent): number {
        return this.#entries.placeOf(event.getId() ?? "") ?? Number.POSITIVE_INFINITY;
    }

    /** The window looks elsewhere, or further. */
    #retake(): void {
        this.#moved = false;
        if (this.#atEnd) this.#window.followEnd();
        this.#entries.replace(this.#window.events);
        this.#readers.count(this.#entries);
        this.#atEnd = this.#window.atEnd;
        this.#whole = this.#window.atBeginning;
        this.#tellNow();
    }

    /** What is here ends before the gap; what came in it and behind it is fetched as one reads on. */
    #stayBefore(): void {
        this.#atEnd = false;
        this.#retake();
    }

    /** An event has come: behind the newest, if that is in sight. */
    #add(event: MatrixEvent): void {
        if (!this.#atEnd) return;
        void this.#session.decrypting.now(event);
        this.#window.followEnd();
        this.#entries.append(event);
        this.#tell();
    }

    #takeReceipts(receipts: MatrixEvent): void {
        const range = this.#readers.take(receipts, this.#entries);
        if (range === null) return;
        const me = this.#session.userId;
        this.#entries.spoilAll((each) => each.getSender() === me, ...range);
        this.#tell();
    }

    #spoilSender(userId: string): void {
        this.#entries.spoilAll((event) => event.getSender() === userId || event.getStateKey() === userId);
        this.#tell();
    }

    #spoil(eventId: string): void {
        this.#entries.spoil(eventId);
        this.#tell();
    }

    #retakeSoon(): void {
        this.#moved = true;
        this.#tell();
    }

    /** A sync brings a hundred changes, and a message two, as it comes and as it is opened: they are told together. */
    #tell(rest = this.#toldAt + REST_MS - performance.now()): void {
        this.#due ??= setTimeout(() => (this.#moved ? this.#retake() : this.#tellNow()), Math.max(0, rest));
    }

    /** What one does oneself is seen at once. */
    #tellOwn(): void {
        clearTimeout(this.#due);
        this.#due = undefined;
        this.#tell(0);
    }

    /** What was sent is shown as it was written until what came back of it can be read. */
    #withQueued(messages: Message[]): Message[] {
        if (!this.#atEnd || this.#queued.value.length === 0) return messages;
        const opening = new Set(messages.filter(isOpening).map(({ key }) => key));
        const queued = this.#queued.value.filter(({ key }) => opening.has(key) || !this.#entries.hasTransaction(key));
        const written = new Set(queued.map(({ key }) => key));
        return [...messages.filter((each) => !(isOpening(each) && written.has(each.key))), ...queued];
    }

    #tellNow(): void {
        clearTimeout(this.#due);
        this.#due = undefined;
        this.#toldAt = performance.now();
        const said = this.#withQueued(this.#entries.read());
        const standing = this.#forms.stand(this.#menus.stand(said, this.#atEnd));
        const sight = { whole: this.#whole, atEnd: this.#atEnd };
        const told = this.#thread === undefined ? this.#hosts.among(standing, sight) : standing;
        this.#state.set({
            messages: withPending(told, this.#pending.value, nameOf(this.#room, this.#session.userId)),
            ...sight,
        });
    }
}

/** One's own, come back, and not yet decrypted. */
function isOpening({ mine, body }: Message): boolean {
    return mine && body.kind === "opening";
}

/** Somebody else has said something. */
function isNews({ mine, body }: Message): boolean {
    return !mine && body.kind !== "notice";
}
