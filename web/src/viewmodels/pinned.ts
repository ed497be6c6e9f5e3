/* What is pinned in a chat: one that is shown, stepping to the next, and all of them. */

import type { Pin, PinnedState } from "../matrix/timeline/pinned_messages.ts";
import type { Followed } from "../platform/observable.ts";
import { ViewModel } from "./view_model.ts";

export type { Pin };

export type PinnedView = {
    /** The newest first. */
    pins: readonly Pin[];
    /** The one that is shown; null where nothing is pinned. */
    shown: Pin | null;
    /** Where it stands among them, from 1 on. */
    place: number;
    may: boolean;
};

export type PinnedGround = {
    state: Followed<PinnedState>;
    lookAtAll(): void;
    unpin(eventId: string): Promise<void>;
};

export class Pinned extends ViewModel<PinnedView> {
    readonly #ground: PinnedGround;
    /** Of the one that was stepped to; null before anybody has stepped, and once there is a newer one. */
    #at: string | null = null;
    #newest: string | undefined;

    constructor(ground: PinnedGround) {
        super({ pins: [], shown: null, place: 0, may: false });
        this.#ground = ground;
        this.follow(ground.state, () => this.#show());
    }

    /** Step on to the next older one that may be readable, and from the oldest to the newest. */
    step(): void {
        const { pins, place } = this.value;
        const next = [...pins.slice(place), ...pins.slice(0, place)].find(mayBeReadable);
        if (next === undefined) return;
        this.#at = next.id;
        if (next.preview === undefined) this.#ground.lookAtAll();
        this.#show();
    }

    /** Look at all of them. */
    openAll(): void {
        this.#ground.lookAtAll();
    }

    /** Say whether it worked. */
    async unpin(eventId: string): Promise<boolean> {
        try {
            await this.#ground.unpin(eventId);
            return true;
        } catch {
            return false;
        }
    }

    #show(): void {
        const { pins, may } = this.#ground.state.value;
        if (pins[0]?.id !== this.#newest) this.#at = null;
        this.#newest = pins[0]?.id;
        const stepped = pins.findIndex(({ id }) => id === this.#at);
        const readable = pins.findIndex(isReadable);
        const place = stepped >= 0 ? stepped : Math.max(readable, 0);
        this.update({ pins, may, shown: pins[place] ?? null, place: pins.length === 0 ? 0 : place + 1 });
    }
}

function isReadable(pin: Pin): boolean {
    return pin.preview !== undefined && mayBeReadable(pin);
}

/** What is still on its way may be. */
function mayBeReadable({ preview }: Pin): boolean {
    return preview !== null && preview?.kind !== "unreadable";
}
