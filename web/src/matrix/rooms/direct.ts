/* Which chats are with one person: `m.direct` in the account's data, which other apps read too. */

import { ClientEvent, EventType, type MatrixClient } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";

/** Knows the rooms of `m.direct`, read once after each change of it. */
export class DirectRooms {
    readonly #client: MatrixClient;
    #rooms: ReadonlySet<string> | null = null;

    constructor(client: MatrixClient) {
        this.#client = client;
        client.on(ClientEvent.AccountData, (event) => {
            if (event.getType() === EventType.Direct) this.#rooms = null;
        });
    }

    has(roomId: string): boolean {
        this.#rooms ??= new Set(Object.values(directChats(this.#client)).flat());
        return this.#rooms.has(roomId);
    }
}

/** Return the rooms with each person. */
export function directChats(client: MatrixClient): Record<string, string[]> {
    return client.getAccountData(EventType.Direct)?.getContent() ?? {};
}

/** Write down that a room is a chat with one person. */
export async function rememberDirect({ client }: Session, userId: string, roomId: string): Promise<void> {
    const before = directChats(client);
    const rooms = before[userId] ?? [];
    if (rooms.includes(roomId)) return;
    await client.setAccountData(EventType.Direct, { ...before, [userId]: [...rooms, roomId] });
}

/** A room is a chat with nobody any more. */
export async function forgetDirect({ client }: Session, roomId: string): Promise<void> {
    const before = Object.entries(directChats(client));
    const after = before.map(([userId, rooms]) => [userId, rooms.filter((each) => each !== roomId)] as const);
    const kept = after.filter(([, rooms]) => rooms.length > 0);
    await client.setAccountData(EventType.Direct, Object.fromEntries(kept.map(([userId, rooms]) => [userId, rooms])));
}
