/* The groups that one has asked to join by a link: whoever lets one in is no stranger, and one goes in at once. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, type Stop } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import type { Session } from "../session/session.ts";

export class AskedGroups {
    readonly #session: Session;
    readonly #area: Area<true>;
    readonly #asked = new Observable<ReadonlySet<string>>(new Set());

    constructor(session: Session) {
        this.#session = session;
        this.#area = session.vault.area<true>("asked-groups");
    }

    has(roomId: string): boolean {
        return this.#asked.value.has(roomId);
    }

    /** Their ids. */
    get groups(): Followed<ReadonlySet<string>> {
        return this.#asked;
    }

    /** Go into each group that lets one in, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const enter = (room: Room) => void this.#enter(room);
        client.on(RoomEvent.MyMembership, enter);
        void this.#area.all().then((kept) => {
            this.#asked.set(new Set([...this.#asked.value, ...kept.keys()]));
            for (const room of client.getRooms()) enter(room);
        });
        return () => client.off(RoomEvent.MyMembership, enter);
    }

    /** Ask to be let in; `said` goes with it, in clear, and is nothing that the person wrote. */
    async ask(roomId: string, said: string | null): Promise<void> {
        this.#asked.set(new Set([...this.#asked.value, roomId]));
        await this.#area.put(roomId, true);
        try {
            await this.#session.client.knockRoom(roomId, said === null ? {} : { reason: said });
        } catch (error) {
            await this.#forget(roomId);
            throw error;
        }
    }

    async #enter(room: Room): Promise<void> {
        const membership = room.getMyMembership();
        if (!this.has(room.roomId)) return;
        // Whoever was turned away may ask again, by another link perhaps.
        if (membership === KnownMembership.Leave) return this.#forget(room.roomId);
        if (membership !== KnownMembership.Invite) return;
        try {
            await this.#session.client.joinRoom(room.roomId);
            await this.#forget(room.roomId);
        } catch {
            // It stays an invitation, which can be accepted by hand.
        }
    }

    #forget(roomId: string): Promise<void> {
        this.#asked.set(new Set([...this.#asked.value].filter((each) => each !== roomId)));
        return this.#area.delete(roomId);
    }
}
