/* What happens in a chat beside messages: who came and went, what was renamed. Read from state events; pure. */

import { EventType, type MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { SAID_AGAIN } from "../rooms/room_names.ts";
import { PINNED, pinnedIn } from "./pins.ts";

/** Somebody, by name; `me` where the app says "you". */
export type Who = { name: string; me: boolean };

/** `by` did it; `whom` is who it was done to, where that is another. */
export type Notice =
    | { kind: "made"; by: Who }
    | { kind: "joined" | "left" | "declined" | "knocked"; by: Who }
    | { kind: "invited" | "removed" | "banned" | "unbanned" | "uninvited"; by: Who; whom: Who }
    | { kind: "renamed-self"; by: Who; from: string }
    | { kind: "pictured-self"; by: Who }
    | { kind: "named"; by: Who; name: string | null }
    | { kind: "pictured" | "described" | "pinned"; by: Who }
    /** Others run devices of a service from now on; none: it does so by itself. */
    | { kind: "rerun"; by: Who; hosts: readonly string[] }
    /** Messages disappear after so long; null: no longer. */
    | { kind: "timed"; by: Who; maxAgeMs: number | null };

const RETENTION = "id.amanat.retention";

/** Return what a state event tells people; null where that is nothing. `nameOf` knows how people are called. */
export function readNotice(event: MatrixEvent, nameOf: (userId: string) => Who): Notice | null {
    const by = nameOf(event.getSender() ?? "");
    const { name, [SAID_AGAIN]: again } = event.getContent();
    switch (event.getType()) {
        case EventType.RoomCreate:
            return { kind: "made", by };
        case EventType.RoomMember:
            return readMembership(event, nameOf);
        case EventType.RoomName:
            return again === true
                ? null
                : { kind: "named", by, name: typeof name === "string" && name !== "" ? name : null };
        case EventType.RoomAvatar:
            return { kind: "pictured", by };
        case EventType.RoomTopic:
            return { kind: "described", by };
        case PINNED:
            return hasPinned(event) ? { kind: "pinned", by } : null;
        case RETENTION:
            return { kind: "timed", by, maxAgeMs: durationOf(event.getContent().max_age_ms) };
        default:
            return null;
    }
}

/** To let go of something is not worth a line. */
function hasPinned(event: MatrixEvent): boolean {
    const before = new Set(pinnedIn(event.getPrevContent()));
    return pinnedIn(event.getContent()).some((id) => !before.has(id));
}

function durationOf(value: unknown): number | null {
    return typeof value === "number" && value > 0 ? value : null;
}

type Steps = { by: Who; whom: Who; alone: boolean };

/** What a change of membership is called, by where it comes from and leads to. */
const STEPS: Record<string, (steps: Steps) => Notice | null> = {
    "join<": ({ whom }) => ({ kind: "joined", by: whom }),
    "leave<join": ({ by, whom, alone }) => (alone ? { kind: "left", by } : { kind: "removed", by, whom }),
    "leave<invite": ({ by, whom, alone }) => (alone ? { kind: "declined", by } : { kind: "uninvited", by, whom }),
    "leave<ban": ({ by, whom }) => ({ kind: "unbanned", by, whom }),
    "invite<": ({ by, whom }) => ({ kind: "invited", by, whom }),
    "ban<": ({ by, whom }) => ({ kind: "banned", by, whom }),
    "knock<": ({ whom }) => ({ kind: "knocked", by: whom }),
};

function readMembership(event: MatrixEvent, nameOf: (userId: string) => Who): Notice | null {
    const { membership, displayname, avatar_url: picture } = event.getContent();
    const before = event.getPrevContent();
    const target = event.getStateKey() ?? "";
    const whom = nameOf(target);
    if (membership === "join" && before.membership === "join") {
        if (displayname !== before.displayname && typeof before.displayname === "string") {
            return { kind: "renamed-self", by: whom, from: before.displayname };
        }
        return picture === before.avatar_url ? null : { kind: "pictured-self", by: whom };
    }
    const step = STEPS[`${membership}<${before.membership ?? ""}`] ?? STEPS[`${membership}<`];
    return step?.({ by: nameOf(event.getSender() ?? ""), whom, alone: event.getSender() === target }) ?? null;
}
