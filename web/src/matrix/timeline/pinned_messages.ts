/* The pinned messages of a chat: those that lie here, and older ones, which are asked for. */

import {
    EventTimeline,
    EventType,
    MatrixEvent,
    MatrixEventEvent,
    Method,
    type Room,
    RoomEvent,
    RoomStateEvent,
} from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import { type Preview, previewOf } from "../list/preview.ts";
import type { Session } from "../session/session.ts";
import { PINNED, pinnedIn, withoutPin, withPin } from "./pins.ts";

/** `preview` is undefined while it is asked for, and null where it cannot be had. */
export type Pin = { id: string; preview: Preview | null | undefined };
export type PinnedState = { pins: readonly Pin[]; may: boolean };

/** So many are asked for while only the newest is shown: one of them will be readable. */
const FIRST = 3;

export class PinnedMessages {
    readonly #session: Session;
    readonly #room: Room;
    readonly #asked = new Map<string, MatrixEvent | "asked" | "away">();
    readonly #waiting = new WeakSet<MatrixEvent>();
    readonly #state: Observable<PinnedState>;
    #wanted = FIRST;

    constructor(session: Session, room: Room) {
        this.#session = session;
        this.#room = room;
        this.#state = new Observable(this.#look());
    }

    get state(): Followed<PinnedState> {
        return this.#state;
    }

    /** Follow them until the returned function is called. */
    follow(): Stop {
        const tell = () => this.#tell();
        const tellState = (event: MatrixEvent) =>
            (event.getType() === PINNED || event.getType() === EventType.RoomPowerLevels) && tell();
        const tellChange = (event: MatrixEvent) =>
            this.#state.value.pins.some(({ id }) => id === event.getId()) && tell();
        const { client } = this.#session;
        this.#room.on(RoomStateEvent.Events, tellState);
        this.#room.on(RoomEvent.Redaction, tell);
        client.on(MatrixEventEvent.Decrypted, tellChange);
        client.on(MatrixEventEvent.Replaced, tellChange);
        return () => {
            this.#room.off(RoomStateEvent.Events, tellState);
            this.#room.off(RoomEvent.Redaction, tell);
            client.off(MatrixEventEvent.Decrypted, tellChange);
            client.off(MatrixEventEvent.Replaced, tellChange);
        };
    }

    /** Ask for all of them, and again for those that could not be had. */
    lookAtAll(): void {
        this.#wanted = Number.POSITIVE_INFINITY;
        for (const [id, found] of this.#asked) if (found === "away") this.#asked.delete(id);
        this.#tell();
    }

    has(eventId: string): boolean {
        return pinnedIn(this.#content).includes(eventId);
    }

    get may(): boolean {
        const state = this.#room.getLiveTimeline().getState(EventTimeline.FORWARDS);
        return state?.maySendStateEvent(PINNED, this.#session.userId) ?? false;
    }

    async pin(eventId: string): Promise<void> {
        await this.#put(withPin(this.#content, eventId));
    }

    async unpin(eventId: string): Promise<void> {
        await this.#put(withoutPin(this.#content, eventId));
    }

    /** In clear, as the server and other apps read it: js-sdk would encrypt it in rooms whose names are encrypted. */
    async #put(content: object): Promise<void> {
        const path = `/rooms/${encodeURIComponent(this.#room.roomId)}/state/${PINNED}/`;
        await this.#session.client.http.authedRequest(Method.Put, path, undefined, content);
    }

    get #content() {
        const state = this.#room.getLiveTimeline().getState(EventTimeline.FORWARDS);
        return state?.getStateEvents(PINNED, "")?.getContent() ?? {};
    }

    #tell(): void {
        this.#state.set(this.#look());
    }

    #look(): PinnedState {
        const pins = pinnedIn(this.#content).flatMap((id, place) => this.#pin(id, place < this.#wanted) ?? []);
        return { pins, may: this.may };
    }

    /** What was deleted, or has disappeared, is pinned no more. */
    #pin(id: string, wanted: boolean): Pin | null {
        const found = this.#room.findEventById(id) ?? this.#ask(id, wanted);
        if (found === "away") return { id, preview: null };
        if (found === "asked") return { id, preview: undefined };
        if (found.isRedacted() || this.#session.disappearing.isGone(found)) return null;
        this.#wait(found);
        return { id, preview: this.#preview(found) };
    }

    #preview(event: MatrixEvent): Pin["preview"] {
        const locked = event.getType() === EventType.RoomMessageEncrypted && !event.isDecryptionFailure();
        if (!locked) return previewOf(event, this.#session.userId);
        // Something encrypted twice is no message.
        return event.getClearContent() === null ? undefined : null;
    }

    #ask(id: string, wanted: boolean): MatrixEvent | "asked" | "away" {
        const known = this.#asked.get(id);
        if (known !== undefined || !wanted) return known ?? "asked";
        this.#asked.set(id, "asked");
        void this.#fetch(id);
        return "asked";
    }

    async #fetch(id: string): Promise<void> {
        const { client, decrypting } = this.#session;
        try {
            const event = new MatrixEvent(await client.fetchRoomEvent(this.#room.roomId, id));
            event.sender = this.#room.getMember(event.getSender() ?? "");
            await decrypting.now(event).catch(() => {});
            this.#asked.set(id, event);
        } catch {
            // Offline, or from before one's time.
            this.#asked.set(id, "away");
        }
        this.#tell();
    }

    /** A key that comes later opens what was fetched, and js-sdk tells that of the event alone. */
    #wait(event: MatrixEvent): void {
        if (!event.isEncrypted() || this.#waiting.has(event)) return;
        this.#waiting.add(event);
        event.on(MatrixEventEvent.Decrypted, () => this.#tell());
        void this.#session.decrypting.now(event).catch(() => {});
    }
}
