/* Which chats have a lock, as it lies in the vault. */

import type { Area, Vault } from "../../platform/vault.ts";

type WithRooms = { locks: readonly { rooms: readonly string[] }[] };

/** Where the locks lie. */
export function keptLocks<Kept extends WithRooms>(vault: Vault): Area<Kept> {
    return vault.area<Kept>("chat-lock");
}

/** Whether a chat has a lock, open or not. */
export function hasLock({ locks }: WithRooms, roomId: string): boolean {
    return locks.some(({ rooms }) => rooms.includes(roomId));
}
