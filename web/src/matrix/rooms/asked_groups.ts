/* The groups that one has asked to join by a link: whoever lets one in is no stranger, and one goes in at once. */

import { KnownMembership } from "matrix-js-sdk/lib/@types/membership";
import { type Room, RoomEvent } from "matrix-js-sdk/lib/matrix";

import type { Stop } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import type { Session } from "../session/session.ts";

export class AskedGroups {
    readonly #session: Session;
    readonly #area: Area<true>;
    readonly #asked = new Set<string>();

    constructor(session: Session) {
        this.#session = session;
        this.#area = session.vault.area<true>("asked-groups");
    }

    has(roomId: string): boolean {
        return this.#asked.has(roomId);
    }

    /** Go into each group that lets one in, until the returned function is called. */
    follow(): Stop {
        const { client } = this.#session;
        const enter = (room: Room) => void this.#enter(room);
        client.on(RoomEvent.MyMembership, enter);
        void this.#area.all().then((kept) => {
            for (const roomId of kept.keys()) this.#asked.add(roomId);
            for (const room of client.getRooms()) enter(room);
        });
        return () => client.off(RoomEvent.MyMembership, enter);
    }

    /** Ask to be let in. */
    async ask(roomId: string): Promise<void> {
        this.#asked.add(roomId);
        await this.#area.put(roomId, true);
        await this.#session.client.knockRoom(roomId);
    }

    async #enter(room: Room): Promise<void> {
        if (room.getMyMembership() !== KnownMembership.Invite || !this.#asked.has(room.roomId)) return;
        try {
            await this.#session.client.joinRoom(room.roomId);
            this.#asked.delete(room.roomId);
            await this.#area.delete(room.roomId);
        } catch {
            // It stays an invitation, which can be accepted by hand.
        }
    }
}
