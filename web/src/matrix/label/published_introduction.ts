/* Reads where bots say what they are for. */

import { type MatrixClient, MatrixError, Method } from "matrix-js-sdk/lib/matrix";

import { BOT, type Introduction, readIntroduction } from "./introduction.ts";

/** Return what a bot says now; null of who says nothing. Rejects without a connection. */
export async function publishedIntroduction(client: MatrixClient, userId: string): Promise<Introduction | null> {
    try {
        const path = `/profile/${encodeURIComponent(userId)}/${BOT}`;
        const found = await client.http.authedRequest<Record<string, unknown>>(Method.Get, path);
        return readIntroduction(found[BOT]);
    } catch (error) {
        if (error instanceof MatrixError && error.httpStatus === 404) return null;
        throw error;
    }
}
