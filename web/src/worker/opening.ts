/* Opening a message that was pushed while no window is there to do so: in place of a window, with the keys that lie here. */

import { hasLock, keptLocks } from "../matrix/list/locked_rooms.ts";
import type { Arrival } from "../matrix/push/arrival.ts";
import { BareRequests } from "../matrix/push/bare_requests.ts";
import { type KnownChat, knownChat } from "../matrix/push/known_chat.ts";
import { heardOf, type RawEvent, WANTED_STATE } from "../matrix/push/pushed.ts";
import { decryptStored, loadCrypto } from "../matrix/push/stored_keys.ts";
import { SESSION_LOCK, VAULT } from "../matrix/session/credentials.ts";
import { keptStorageKey } from "../matrix/session/session_stores.ts";
import { isHeld, standIn } from "../platform/alone.ts";
import { Vault } from "../platform/vault.ts";

export type Pushed = { roomId: string; eventId: string };

/** What a push turned out to be: `aside` is nothing that anybody wants to hear of. */
export type Found = Arrival | { kind: "aside" };

/** A browser takes it ill when a push is not answered; a slow phone takes seconds to load the crypto. */
const PATIENCE_MS = 10_000;

type Means = { origin: string; binary: () => Promise<Response> };

/** Return what was pushed; null where that cannot be told: a window has the keys, the key has not come yet, the server does
 * not answer, nobody is signed in. `binary` is the crypto's. */
export async function openPushed(push: Pushed, means: Means): Promise<Found | null> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const tooLate = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null)));
    return Promise.race([look(push, { ...means, signal }).catch(() => null), tooLate]);
}

async function look(push: Pushed, means: Means & { signal: AbortSignal }): Promise<Found | null> {
    if (await isHeld(SESSION_LOCK)) return null;
    const vault = await Vault.open(VAULT);
    try {
        const locks = await keptLocks(vault).get("own");
        if (locks !== undefined && hasLock(locks, push.roomId))
            return { kind: "locked", roomId: push.roomId, loud: true };
        const chat = await knownChat(vault, push.roomId);
        if (chat === null) return null;
        // Before it stands in: a window that is opened meanwhile waits for the rest.
        await loadCrypto(means.binary);
        return await standIn(SESSION_LOCK, () => hear(push, { ...means, vault, chat }), means.signal);
    } finally {
        await vault.close();
    }
}

type Hearing = { origin: string; signal: AbortSignal; vault: Vault; chat: KnownChat };

async function hear({ roomId, eventId }: Pushed, { origin, signal, vault, chat }: Hearing): Promise<Found | null> {
    const requests = await BareRequests.open(vault, origin, signal);
    const key = await keptStorageKey(vault);
    if (requests === null || key === null) return null;
    const filter = JSON.stringify({ lazy_load_members: true, types: WANTED_STATE });
    const place = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/context/${encodeURIComponent(eventId)}`;
    const said = await requests.get(`${place}?${new URLSearchParams({ limit: "0", filter })}`);
    const { event, state } = said as { event: RawEvent; state: RawEvent[] };
    const { userId, deviceId } = requests.credentials;
    const encrypted = event.type === "m.room.encrypted";
    const clear = encrypted ? await decryptStored(event, roomId, { userId, deviceId, key }) : event;
    return heardOf({ event, clear, state }, { chat, eventId, ownId: userId, now: Date.now() }) ?? { kind: "aside" };
}
