/* The devices that an account is signed in on, with the app of each, as far as the server knows it. */

import { Method } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";

/** When a device was last used, as coarse as it is told: enough to know one's own, useless for following somebody. */
export type Seen = "today" | "yesterday" | "this-week" | "this-month" | "long-ago";

/** The app that a device signed in with. Anybody can give any name to theirs; the host is where it is from. */
export type DeviceApp = { name: string; host: string; known: boolean };

export type OwnDevice = {
    id: string;
    name: string;
    seen: Seen;
    /** The one that this is. */
    current: boolean;
    /** Null where it signed in without the server's pages: then nobody knows what it is. */
    app: DeviceApp | null;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const SEEN: readonly (readonly [days: number, Seen])[] = [
    [1, "today"],
    [2, "yesterday"],
    [8, "this-week"],
    [31, "this-month"],
];

/** Return how long ago something was, as coarse as it is shown. */
export function seenOf(then: number, now: number): Seen {
    const days = Math.floor((now - then) / DAY_MS);
    return SEEN.find(([within]) => days < within)?.[1] ?? "long-ago";
}

type ToldApp = { device_id: string; name: string; host: string; is_known: boolean };

/** Ask the server for all of them, this one first, then the one used last. */
export async function ownDevices(session: Session, now: number): Promise<readonly OwnDevice[]> {
    const [{ devices }, { apps }] = await Promise.all([
        session.client.getDevices(),
        session.client.http.authedRequest<{ apps: ToldApp[] }>(Method.Get, "/devices/apps", undefined, undefined, {
            prefix: "/_amanat/v1",
        }),
    ]);
    const appOf = new Map(apps.map(({ device_id, name, host, is_known: known }) => [device_id, { name, host, known }]));
    return devices
        .toSorted((one, other) => (other.last_seen_ts ?? 0) - (one.last_seen_ts ?? 0))
        .toSorted(
            (one, other) => Number(other.device_id === session.deviceId) - Number(one.device_id === session.deviceId),
        )
        .map((device) => ({
            id: device.device_id,
            name: device.display_name ?? "",
            seen: seenOf(device.last_seen_ts ?? 0, now),
            current: device.device_id === session.deviceId,
            app: appOf.get(device.device_id) ?? null,
        }));
}
