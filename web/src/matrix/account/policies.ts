/* What this server's policies ask of somebody. Choosing is done on the server's pages, which show the whole text. */

import { Method } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";

/** Return how many policies wait for a choice. */
export async function askedPolicies(session: Session): Promise<number> {
    const { choices } = await session.client.http.authedRequest<{ choices: { ask: boolean }[] }>(
        Method.Get,
        "/policies/choices",
        undefined,
        undefined,
        { prefix: "/_amanat/v1" },
    );
    return choices.filter(({ ask }) => ask).length;
}
