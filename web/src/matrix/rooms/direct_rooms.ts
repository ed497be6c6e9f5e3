/* Which chats are with one person: `m.direct` in the account's data, which other apps read too. */

import { ClientEvent, EventType, type MatrixClient } from "matrix-js-sdk/lib/matrix";

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
