/* How the server reaches this browser while the app is closed. What it says then are ids and counts. */

import { Method } from "matrix-js-sdk/lib/matrix";

import type { Subscription } from "../../platform/push.ts";
import type { Session } from "../session/session.ts";

const APP_ID = "id.amanat.web";

/** Return the key that a browser subscribes for; null where the server pushes to no browsers. */
export async function pushKey(session: Session): Promise<string | null> {
    try {
        const answer = await session.client.http.authedRequest<{ key: string }>(
            Method.Get,
            "/_amanat/v1/push/key",
            undefined,
            undefined,
            { prefix: "" },
        );
        return answer.key;
    } catch (error) {
        if ((error as { httpStatus?: number }).httpStatus === 404) return null;
        throw error;
    }
}

/** Have the server push to a browser's subscription. */
export async function pushTo(
    session: Session,
    { endpoint, p256dh, auth }: Subscription,
    language: string,
): Promise<void> {
    // js-sdk's type knows gateways only.
    const body = {
        kind: "http",
        app_id: APP_ID,
        pushkey: p256dh,
        app_display_name: "Amanat",
        device_display_name: session.deviceId,
        lang: language,
        data: { endpoint, auth, format: "event_id_only" },
    };
    await session.client.http.authedRequest(Method.Post, "/pushers/set", undefined, body);
}

/** Have the server push to it no more. */
export async function pushNoMore(session: Session, pushkey: string): Promise<void> {
    await session.client.http.authedRequest(Method.Post, "/pushers/set", undefined, {
        kind: null,
        app_id: APP_ID,
        pushkey,
    });
}
