/* What changed lately in who can read a chat: comings and goings, new devices, and what was set. */

import { EventType, type MatrixEvent, type Room } from "matrix-js-sdk/lib/matrix";
import { nameOf } from "../rooms/people.ts";
import type { Reader } from "./label.ts";
import type { HostChange } from "./service_record.ts";

export type Change = { key: string; at: number } & (
    | { kind: "joined" | "invited" | "left" | "removed" | "asked"; name: string; by: string }
    | { kind: "new-device"; name: string; device: string }
    | { kind: "keys-accepted"; name: string }
    | { kind: "rerun"; name: string; hosts: readonly string[] }
    | { kind: "encrypted" | "history-shared" | "history-closed" | "anybody-joins" | "invited-join"; by: string }
);

/** Says how somebody is called. */
type Called = (userId: string) => string;

/** So many are shown, the newest. */
const SHOWN = 20;
/** Settings of whoever made the chat, within this of making it, are what it began with. */
const BEGUN_MS = 10_000;
/** Devices seen within it of meeting somebody came with them. */
const MET_MS = 60_000;

/** Return the newest changes, the newest first; `accepted` says when changed keys were accepted, by person;
 * `rerun` how a service's hosts changed. */
export function recentChanges(
    room: Room,
    {
        readers,
        accepted,
        rerun,
    }: {
        readers: readonly Reader[];
        accepted: ReadonlyMap<string, number>;
        rerun: (userId: string) => readonly HostChange[];
    },
): Change[] {
    const known = new Map(readers.map(({ userId, name }) => [userId, name]));
    const called = (userId: string) => known.get(userId) ?? nameOf(room, userId);
    const state = [...room.currentState.events.values()].flatMap((events) => [...events.values()]);
    const since = state.filter((event) => !isOfBeginning(event, room));
    const changes = [
        ...since.flatMap((event) => changeOf(event, called) ?? []),
        ...readers.flatMap(newDevices),
        ...readers.flatMap(({ userId, name }): Change[] => {
            const at = accepted.get(userId);
            return at === undefined ? [] : [{ key: `keys ${userId}`, at, kind: "keys-accepted", name }];
        }),
        ...readers.flatMap(({ userId, name }) =>
            rerun(userId).map(
                ({ at, seq, hosts }): Change => ({ key: `run ${userId} ${seq}`, at, kind: "rerun", name, hosts }),
            ),
        ),
    ];
    return changes.toSorted((one, other) => other.at - one.at).slice(0, SHOWN);
}

/** Whether something is what a chat was made with: it has not changed. */
function isOfBeginning(event: MatrixEvent, room: Room): boolean {
    const made = room.currentState.getStateEvents(EventType.RoomCreate, "");
    const maker = made?.getSender();
    if (made === null || event.getSender() !== maker || event.getTs() > made.getTs() + BEGUN_MS) return false;
    return event.getType() !== EventType.RoomMember || event.getStateKey() === maker;
}

function newDevices({ name, devices }: Reader): Change[] {
    const met = Math.min(...devices.map(({ since }) => since));
    return devices
        .filter(({ since, here }) => !here && since > met + MET_MS)
        .map(({ id, since, name: device }) => ({ key: `device ${id}`, at: since, kind: "new-device", name, device }));
}

function changeOf(event: MatrixEvent, called: Called): Change | null {
    const change = { key: event.getId() ?? "", at: event.getTs() };
    const by = called(event.getSender() ?? "");
    const content = event.getContent();
    switch (event.getType()) {
        case EventType.RoomMember:
            return memberChange(event, called, { ...change, by });
        case EventType.RoomEncryption:
            return { ...change, by, kind: "encrypted" };
        case EventType.RoomJoinRules:
            return { ...change, by, kind: content.join_rule === "public" ? "anybody-joins" : "invited-join" };
        case EventType.RoomHistoryVisibility: {
            const shared = ["shared", "world_readable"].includes(content.history_visibility);
            return { ...change, by, kind: shared ? "history-shared" : "history-closed" };
        }
        default:
            return null;
    }
}

function memberChange(
    event: MatrixEvent,
    called: Called,
    change: { key: string; at: number; by: string },
): Change | null {
    const membership = event.getContent().membership;
    // Another name or picture is not another reader.
    if (event.getPrevContent().membership === membership) return null;
    const userId = event.getStateKey() ?? "";
    const about = { ...change, name: called(userId) };
    switch (membership) {
        case "join":
            return { ...about, kind: "joined" };
        case "invite":
            return { ...about, kind: "invited" };
        case "knock":
            return { ...about, kind: "asked" };
        case "leave":
        case "ban":
            return { ...about, kind: event.getSender() === userId ? "left" : "removed" };
        default:
            return null;
    }
}
