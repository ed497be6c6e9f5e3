/* Whether a session has something to show and is in touch with its server. */

import { SyncState } from "matrix-js-sdk/lib/matrix";

/** `starting` has nothing to show yet; `cached` shows what was there; `ended` needs a new sign-in. */
export type Connection = "starting" | "cached" | "live" | "offline" | "ended";

/** Return what js-sdk's state means; null where it changes nothing. */
export function connectionOf(state: SyncState, fromCache: boolean): Connection | null {
    switch (state) {
        case SyncState.Prepared:
            return fromCache ? "cached" : "live";
        case SyncState.Syncing:
        case SyncState.Catchup:
            return "live";
        case SyncState.Reconnecting:
        case SyncState.Error:
            return "offline";
        default:
            return null;
    }
}
