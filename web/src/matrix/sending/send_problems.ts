/* Why something could not be sent, and whether to try again by itself. Pure. */

import { HTTPError, MatrixError } from "matrix-js-sdk/lib/matrix";

import { Held, type HeldFor } from "../label/held.ts";

/** The encrypted event would be larger than an event may be. */
export class TooBig extends Error {
    override name = "TooBig";
}

/** What a server's refusal comes to. */
export type Refusal = "not-in-chat" | "may-not-write" | "not-encrypted" | "gone" | "suspended" | "other";

/** Why something rests in the queue until somebody decides. */
export type Problem =
    | { kind: "held"; heldFor: HeldFor }
    | { kind: "too-big" }
    | { kind: "refused"; why: Refusal; sentence: string }
    /** It was tried so long ago that the server may have forgotten whether it came. */
    | { kind: "unsure" }
    /** Several tries came to nothing, for a reason of this device's. */
    | { kind: "broken" };

/** What to do after a failed try: rest with a problem, or try again, not before `afterMs` if the server said so. */
export type Verdict = { give: "up"; problem: Problem } | { give: "time"; afterMs: number | null; odd: boolean };

/** Say what a failed try means. */
export function judge(error: unknown): Verdict {
    if (error instanceof Held) return up({ kind: "held", heldFor: error.heldFor });
    if (error instanceof TooBig) return up({ kind: "too-big" });
    if (!(error instanceof HTTPError)) return { give: "time", afterMs: null, odd: !isNetwork(error) };
    if (error.httpStatus === 413) return up({ kind: "too-big" });
    if (error.isRateLimitError()) return { give: "time", afterMs: patience(error), odd: false };
    const final = error instanceof MatrixError && error.errcode !== undefined && isFinal(error.httpStatus ?? 0);
    if (!final) return { give: "time", afterMs: null, odd: false };
    return up({ kind: "refused", why: refusalOf(error), sentence: error.error ?? "" });
}

function up(problem: Problem): Verdict {
    return { give: "up", problem };
}

/** The same again would be refused again. A token that ran out is another's business; the queue waits. */
function isFinal(status: number): boolean {
    return status >= 400 && status < 500 && status !== 401 && status !== 408;
}

function isNetwork(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    return ["ConnectionError", "AbortError", "TimeoutError", "TokenRefreshError", "TypeError"].includes(error.name);
}

function patience(error: HTTPError): number | null {
    try {
        return error.getRetryAfterMs();
    } catch {
        return null;
    }
}

const REFUSALS: readonly [RegExp, Refusal][] = [
    [/end-to-end encrypted|in clear/i, "not-encrypted"],
    [/not in (this|the) room|not joined|not a member/i, "not-in-chat"],
    [/power|allowed|may not/i, "may-not-write"],
];

function refusalOf({ errcode, error = "" }: MatrixError): Refusal {
    if (errcode === "M_NOT_FOUND") return "gone";
    if (errcode === "M_USER_SUSPENDED" || errcode === "M_USER_LOCKED") return "suspended";
    if (errcode !== "M_FORBIDDEN") return "other";
    return REFUSALS.find(([says]) => says.test(error))?.[1] ?? "other";
}
