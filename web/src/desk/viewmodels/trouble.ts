/* What has gone wrong, by the short name that the gateway gives it; views have a sentence for each. */

import { Refused } from "../api/http.ts";

export type Trouble = { code: string; details: Readonly<Record<string, unknown>> };

/** Nothing has answered: it may or may not have been done. */
export const OFFLINE = "OFFLINE";

export function troubleOf(error: unknown): Trouble {
    if (error instanceof Refused) return { code: error.code, details: error.details };
    return { code: OFFLINE, details: {} };
}
