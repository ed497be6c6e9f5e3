/* One's own phone number: as it is shown, and letting another account read it from the server, which has tested it. */

import { Method } from "matrix-js-sdk/lib/matrix";

import type { Session } from "../session/session.ts";

const OWN = { prefix: "/_amanat/v1" };
const SCOPE = "profile.phone";

/** Return one's number as it is shown, all but its ends hidden; null where the account has none. */
export async function ownNumber(session: Session): Promise<string | null> {
    const { masked } = await session.client.http.authedRequest<{ masked: string | null }>(
        Method.Get,
        "/phone",
        undefined,
        undefined,
        OWN,
    );
    return masked;
}

/** Let an account read it until that is taken back. Each time it does stands in the list of who read one's data. */
export async function grantNumber(session: Session, userId: string): Promise<void> {
    const path = `/ledger/grants/${encodeURIComponent(userId)}`;
    await session.client.http.authedRequest(Method.Put, path, undefined, { scopes: [SCOPE] }, OWN);
}
