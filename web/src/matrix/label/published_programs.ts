/* Reads where bots tell which programs reach their chats. */

import { type MatrixClient, MatrixError, Method } from "matrix-js-sdk/lib/matrix";

import { PROGRAMS, type Programs, readPrograms } from "./programs.ts";

/** Return what a bot tells now; null of who tells nothing. Rejects without a connection. */
export async function publishedPrograms(client: MatrixClient, userId: string): Promise<Programs | null> {
    try {
        const path = `/profile/${encodeURIComponent(userId)}/${PROGRAMS}`;
        const found = await client.http.authedRequest<Record<string, unknown>>(Method.Get, path);
        return readPrograms(found[PROGRAMS], Date.now());
    } catch (error) {
        if (error instanceof MatrixError && error.httpStatus === 404) return null;
        throw error;
    }
}
