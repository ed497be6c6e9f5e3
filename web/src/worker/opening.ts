/* Opening a message that was pushed while no window is there to do so: in place of a window, with the keys that lie here. */

import type { Arrival } from "../matrix/arrival.ts";
import { BareRequests } from "../matrix/bare_requests.ts";
import { SESSION_LOCK, VAULT } from "../matrix/credentials.ts";
import { knownChat } from "../matrix/known_chat.ts";
import { hasLock, keptLocks } from "../matrix/locked_rooms.ts";
import { heardOf, type Opened, type RawEvent, WANTED_STATE } from "../matrix/pushed.ts";
import { keptStorageKey } from "../matrix/session_stores.ts";
import { decryptStored, loadCrypto } from "../matrix/stored_keys.ts";
import { standIn } from "../platform/alone.ts";
import { Vault } from "../platform/vault.ts";

export type Pushed = { roomId: string; eventId: string };

/** What a push turned out to be: `aside` is nothing that anybody wants to hear of. */
export type Found = Arrival | { kind: "aside" };

/** A browser takes it ill when a push is not answered, and a window that is opened meanwhile waits for this. */
const PATIENCE_MS = 4_000;

/** Return what was pushed; null where that cannot be told: a window has the keys, the key has not come yet, the server does
 * not answer, nobody is signed in. `binary` is the crypto's. */
export async function openPushed(
    push: Pushed,
    { origin, binary }: { origin: string; binary: () => Promise<Response> },
): Promise<Found | null> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const tooLate = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null)));
    const found = standIn(SESSION_LOCK, () => look(push, { origin, binary, signal }), signal).catch(() => null);
    return Promise.race([found, tooLate]);
}

type Means = { origin: string; binary: () => Promise<Response>; signal: AbortSignal };

async function look(push: Pushed, means: Means): Promise<Found | null> {
    const vault = await Vault.open(VAULT);
    try {
        const locks = await keptLocks(vault).get("own");
        if (locks !== undefined && hasLock(locks, push.roomId))
            return { kind: "locked", roomId: push.roomId, loud: true };
        const chat = await knownChat(vault, push.roomId);
        const requests = await BareRequests.open(vault, means.origin, means.signal);
        if (chat === null || requests === null) return null;
        const opened = await open(push, { ...means, vault, requests });
        const { userId: ownId } = requests.credentials;
        return heardOf(opened, { chat, eventId: push.eventId, ownId, now: Date.now() }) ?? { kind: "aside" };
    } finally {
        vault.close();
    }
}

async function open(
    { roomId, eventId }: Pushed,
    { vault, requests, binary, signal }: Means & { vault: Vault; requests: BareRequests },
): Promise<Opened> {
    const key = await keptStorageKey(vault);
    if (key === null) throw new Error("There are no keys here.");
    const crypto = loadCrypto(binary);
    const filter = JSON.stringify({ lazy_load_members: true, types: WANTED_STATE });
    const place = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/context/${encodeURIComponent(eventId)}`;
    const [said] = await Promise.all([requests.get(`${place}?${new URLSearchParams({ limit: "0", filter })}`), crypto]);
    const { event, state } = said as { event: RawEvent; state: RawEvent[] };
    if (event.type !== "m.room.encrypted") return { event, clear: event, state };
    // Nobody waits for it any longer, and a window may.
    signal.throwIfAborted();
    const clear = await decryptStored(event, roomId, { ...requests.credentials, key });
    return { event, clear: JSON.parse(clear) as RawEvent, state };
}
