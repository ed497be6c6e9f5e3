/* Which part of a chat's history is being looked at: the newest, or some while ago. It grows at both ends. */

import { EventTimeline, type EventTimelineSet, type MatrixEvent, TimelineWindow } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";

/** Events of a first look; a phone shows about twelve. */
const FIRST = 40;
const PAGE = 30;

/** js-sdk's windows never stop listening to their room: there is one for each timeline, and it is pointed anew. */
const windows = new WeakMap<EventTimelineSet, TimelineWindow>();

export class HistoryWindow {
    readonly #session: Session;
    readonly #window: TimelineWindow;

    constructor(session: Session, timelines: EventTimelineSet) {
        this.#session = session;
        const { client } = session;
        const kept = windows.get(timelines);
        this.#window = kept ?? new TimelineWindow(client, timelines, { windowLimit: Number.POSITIVE_INFINITY });
        windows.set(timelines, this.#window);
    }

    /** Look at the newest, or at what lies around an event. Rejects where that event cannot be found. */
    async show(eventId: string | null): Promise<void> {
        await this.#window.load(eventId ?? undefined, FIRST);
        await this.#open();
    }

    /** Whether the newest event is in sight, and new ones are to follow it. */
    get atEnd(): boolean {
        return !this.#window.canPaginate(EventTimeline.FORWARDS);
    }

    get atBeginning(): boolean {
        return !this.#window.canPaginate(EventTimeline.BACKWARDS);
    }

    async older(): Promise<void> {
        await this.#window.paginate(EventTimeline.BACKWARDS, PAGE);
        await this.#open();
    }

    async newer(): Promise<void> {
        await this.#window.paginate(EventTimeline.FORWARDS, PAGE);
        await this.#open();
    }

    /** Take in what has come behind the newest event. */
    followEnd(): void {
        this.#window.extend(EventTimeline.FORWARDS, PAGE);
    }

    get events(): MatrixEvent[] {
        return this.#window.getEvents().filter(Boolean);
    }

    /** Decrypt before anything is shown: a line that is read a moment later would push the others about. */
    async #open(): Promise<void> {
        await Promise.allSettled(this.events.map((event) => this.#session.decrypting.now(event)));
    }
}
