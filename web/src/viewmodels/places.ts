/* Two of the four places: the offices and businesses one talks with, and the communities one is in. */

import type { ChatSummary, Chats } from "../matrix/list/chats.ts";
import { Communities, type Community } from "../matrix/rooms/communities.ts";
import type { Session } from "../matrix/session/session.ts";
import { addressOf, type Navigation, type Place, placeOf } from "../platform/navigation.ts";
import { ViewModel } from "./view_model.ts";

export type ServicesState = { chats: readonly ChatSummary[] };

export class ServicesPlace extends ViewModel<ServicesState> {
    constructor(chats: Chats) {
        super({ chats: [] });
        this.follow(chats.list, (list) => this.update({ chats: list.filter(({ kind }) => kind === "service") }));
    }
}

/** A community with those of its chats that one is in. */
export type ShownCommunity = Omit<Community, "rooms"> & { chats: readonly ChatSummary[] };

export type CommunitiesState = { communities: readonly ShownCommunity[] };

type Ground = { chats: Chats; navigation: Navigation };

export class CommunitiesPlace extends ViewModel<CommunitiesState> {
    readonly #communities: Communities;
    readonly #origin: string;
    readonly #ground: Ground;

    constructor(session: Session, ground: Ground) {
        super({ communities: [] });
        this.#communities = new Communities(session);
        this.#origin = session.origin;
        this.#ground = ground;
        this.own(this.#communities.follow());
        this.follow(this.#communities.list, () => this.#show());
        this.follow(ground.chats.list, () => this.#show());
    }

    /** Go where a link leads that somebody was given; false if it leads to nothing here. */
    open(link: string): boolean {
        const place = placeInLink(link, this.#origin);
        if (place !== null) this.#ground.navigation.go(place);
        return place !== null;
    }

    #show(): void {
        const chats = new Map(this.#ground.chats.list.value.map((chat) => [chat.roomId, chat]));
        const communities = this.#communities.list.value.map(({ rooms, ...about }) => ({
            ...about,
            chats: rooms.flatMap((roomId) => chats.get(roomId) ?? []),
        }));
        this.update({ communities });
    }
}

/** Return where a link to a group or a person leads; null for any other, and for one of another server. */
export function placeInLink(link: string, origin: string): Place | null {
    if (!URL.canParse(link.trim(), `${origin}/`)) return null;
    const address = new URL(link.trim(), `${origin}/`);
    if (address.origin !== new URL(origin).origin) return null;
    const [what, id, ...rest] = placeOf(address.hash);
    return (what === "join" || what === "u") && id !== undefined ? [what, id, ...rest] : null;
}

/** Return where in the app a link leads to a group or a person, as an address of it; null for any other. */
export function addressInLink(link: string, origin: string): string | null {
    const place = placeInLink(link, origin);
    return place === null ? null : addressOf(place);
}
