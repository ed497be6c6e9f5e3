/* Messages that disappear: until when each one stays, and letting go of what is past its time. The server purges them by
 * the same rule; this device does not wait to hear of it, as it may be offline. */

import {
    EventTimeline,
    EventType,
    type MatrixClient,
    MatrixEvent,
    MatrixEventEvent,
    Method,
    type Room,
    RoomEvent,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";
import type { KeptSync } from "../session/kept_sync.ts";
import { DueQueue } from "./due_queue.ts";
import { type Lifetime, lifetimeOf, maxAgeOf, RETENTION, type Timer, timerAt, timerContent } from "./timers.ts";

/** The redaction that no server sent: by its id what disappeared is told from what somebody deleted. */
const DISAPPEARED = "$id.amanat.disappeared";

/** Until when a message stays, by this device's clock; `differs` where its writer's app said otherwise. */
export type Stay = { until: number; differs: boolean };

type Gone = (roomId: string, events: readonly MatrixEvent[]) => void;

/** Lives as long as the session. */
export class Disappearing {
    readonly #client: MatrixClient;
    readonly #kept: Pick<KeptSync, "empty">;
    readonly #timers = new Map<string, Map<string, Timer>>();
    readonly #queue = new DueQueue<MatrixEvent>((due) => this.#drop(due));
    readonly #gone = new Set<Gone>();

    /** `kept` is what lies on the disk for the next start. */
    constructor(client: MatrixClient, kept: Pick<KeptSync, "empty">) {
        this.#client = client;
        this.#kept = kept;
        const came = (event: MatrixEvent) => (event.isState() ? this.learn(event) : this.watch(event));
        client.on(RoomEvent.Timeline, came);
        client.on(RoomStateEvent.Events, (event) => this.learn(event));
        // The copy of the timer can be read now.
        client.on(MatrixEventEvent.Decrypted, (event) => !event.isState() && this.watch(event));
    }

    /** Stop looking at the clock. */
    dispose(): void {
        this.#queue.clear();
    }

    /** Call `listener` with messages that disappear, before they are emptied, until the returned function is called. */
    onGone(listener: Gone): () => void {
        this.#gone.add(listener);
        return () => this.#gone.delete(listener);
    }

    /** Return after what time disappears what is sent into a chat now; null: never. */
    inForce(room: Room): number | null {
        const state = room.getLiveTimeline().getState(EventTimeline.FORWARDS)?.getStateEvents(RETENTION, "");
        return state === null || state === undefined ? null : maxAgeOf(state.getContent());
    }

    /** Say whether one may set the timer of a chat. */
    maySet(room: Room): boolean {
        const state = room.getLiveTimeline().getState(EventTimeline.FORWARDS);
        return state?.maySendStateEvent(RETENTION, this.#client.getSafeUserId()) ?? false;
    }

    /** Set after what time disappears what is sent into a chat from now on. In clear, as the server acts on it:
     * js-sdk would encrypt it in rooms whose names are encrypted. */
    async set(roomId: string, maxAgeMs: number | null): Promise<void> {
        const path = `/rooms/${encodeURIComponent(roomId)}/state/${RETENTION}/`;
        await this.#client.http.authedRequest(Method.Put, path, undefined, timerContent(maxAgeMs));
    }

    /** The rooms that have, or had, a timer, as far as is known. */
    get rooms(): readonly string[] {
        return [...this.#timers.keys()];
    }

    /** Take a timer in that was set at some time. Harmless for any other event. */
    learn(event: MatrixEvent): void {
        // An encrypted one says nothing: the server, which acts on it, cannot have read it.
        const [roomId, id] = [event.getRoomId(), event.getId()];
        if (event.getWireType() !== RETENTION || event.getStateKey() !== "" || !roomId || !id) return;
        const timers = this.#timers.get(roomId) ?? new Map<string, Timer>();
        this.#timers.set(roomId, timers);
        const known = timers.has(id);
        const before = maxAgeOf(event.getPrevContent());
        timers.set(id, { at: event.getTs(), maxAgeMs: maxAgeOf(event.getContent()), before });
        // What came before it may be judged otherwise now.
        if (!known) this.#watchAll(roomId);
    }

    /** Return until when a message stays; null where that is for good. */
    stayOf(event: MatrixEvent): Stay | null {
        const lifetime = event.isState() ? null : this.#lifetimeOf(event);
        // js-sdk reckons the server's time of it into this device's, whose clock may be wrong.
        return lifetime && { until: event.localTimestamp + lifetime.maxAgeMs, differs: lifetime.differs };
    }

    /** Say whether a message has disappeared, here or at the server, or is to this moment. */
    isGone(event: MatrixEvent): boolean {
        const because = event.getUnsigned().redacted_because;
        if (because?.type === RETENTION || because?.event_id === DISAPPEARED) return true;
        const stay = this.stayOf(event);
        return stay !== null && stay.until <= Date.now();
    }

    /** Let go of a message when its time comes. */
    watch(event: MatrixEvent): void {
        const [stay, id] = [this.stayOf(event), event.getId()];
        if (stay !== null && id !== undefined && !event.isRedacted()) this.#queue.put(id, event, stay.until);
    }

    #lifetimeOf(event: MatrixEvent): Lifetime | null {
        const roomId = event.getRoomId() ?? "";
        this.#learnState(roomId, event.getId() ?? "");
        const copy = event.getOriginalContent()[RETENTION];
        return lifetimeOf(timerAt(this.#timers.get(roomId)?.values() ?? [], event.getTs()), maxAgeOf(copy));
    }

    /** What lies in the state of the stretch of history where an event stands, somewhere back in time perhaps. */
    #learnState(roomId: string, eventId: string): void {
        const room = this.#client.getRoom(roomId);
        const timeline = room?.getTimelineForEvent(eventId) ?? room?.getLiveTimeline();
        const state = timeline?.getState(EventTimeline.FORWARDS)?.getStateEvents(RETENTION, "");
        if (state && !this.#timers.get(roomId)?.has(state.getId() ?? "")) this.learn(state);
    }

    #watchAll(roomId: string): void {
        const room = this.#client.getRoom(roomId);
        const timelines = room?.getUnfilteredTimelineSet().getTimelines() ?? [];
        for (const timeline of timelines) for (const event of timeline.getEvents()) this.watch(event);
        for (const thread of room?.getThreads() ?? []) for (const event of thread.events) this.watch(event);
    }

    /** Empty what has come to its end, in memory and in what js-sdk has kept, and tell everybody. */
    #drop(due: readonly MatrixEvent[]): void {
        // Meanwhile a timer may have been taken back by who deleted it.
        const gone = due.filter((event) => this.isGone(event));
        for (const roomId of new Set(gone.map((event) => event.getRoomId() ?? ""))) {
            const room = this.#client.getRoom(roomId);
            if (room === null) continue;
            const events = gone.filter((event) => event.getRoomId() === roomId);
            const ids = events.map((event) => event.getId() ?? "");
            for (const listener of [...this.#gone]) listener(roomId, events);
            for (const event of events) empty(event, room);
            void this.#kept.empty(roomId, ids).catch(() => {});
        }
    }
}

function empty(event: MatrixEvent, room: Room): void {
    const edit = event.replacingEvent();
    const redaction = new MatrixEvent({
        type: EventType.RoomRedaction,
        event_id: DISAPPEARED,
        room_id: room.roomId,
        sender: event.getSender() ?? "",
        origin_server_ts: Date.now(),
        redacts: event.getId() ?? "",
        content: {},
        unsigned: {},
    });
    // js-sdk would move what was said in a branch to the chat itself, and the redaction behind it.
    const branch = event.getThread();
    event.setThread(undefined);
    event.makeRedacted(redaction, room);
    event.setThread(branch);
    room.emit(RoomEvent.Redaction, redaction, room);
    // What it said last goes with it, though its own time may not have come.
    if (edit !== null && edit !== event) edit.makeRedacted(redaction, room);
}
