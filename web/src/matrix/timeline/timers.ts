/* Timers of a chat: after what time the messages disappear that were sent under each. The rule is the server's: a message
 * keeps the timer that was in force when it was sent, whatever is set later. Pure. */

/** Where a chat says its timer, and a message the one that it was written under. */
export const RETENTION = "id.amanat.retention";

/** The content that sets a timer. */
export function timerContent(maxAgeMs: number | null): { max_age_ms?: number } {
    return maxAgeMs === null ? {} : { max_age_ms: maxAgeMs };
}

/** What a new chat is made with, so that it has a timer before its first message. */
export function initialTimer(maxAgeMs: number | null) {
    return maxAgeMs === null ? [] : [{ type: RETENTION, state_key: "", content: timerContent(maxAgeMs) }];
}

/** A timer that was set: when, by the server's clock; what it is; and what was in force before. Null: none. */
export type Timer = { at: number; maxAgeMs: number | null; before: number | null };

/** Read a timer from content that anybody may have written; null where nothing disappears. */
export function maxAgeOf(content: unknown): number | null {
    if (typeof content !== "object" || content === null || !("max_age_ms" in content)) return null;
    const { max_age_ms: maxAgeMs } = content;
    return typeof maxAgeMs === "number" && Number.isSafeInteger(maxAgeMs) && maxAgeMs > 0 ? maxAgeMs : null;
}

/** Return the timer that was in force at a moment. Only some of a chat's timers may be known, in any order. */
export function timerAt(timers: Iterable<Timer>, moment: number): number | null {
    let last: Timer | undefined;
    let next: Timer | undefined;
    for (const timer of timers) {
        if (timer.at <= moment && (last === undefined || timer.at >= last.at)) last = timer;
        if (timer.at > moment && (next === undefined || timer.at < next.at)) next = timer;
    }
    return last === undefined ? (next?.before ?? null) : last.maxAgeMs;
}

/** What holds for one message: after what time it disappears, and whether its writer's app said otherwise. */
export type Lifetime = { maxAgeMs: number; differs: boolean };

/** Return what holds for a message by its chat's timer and by the copy that travelled with it, encrypted. Where they
 * differ the shorter one holds: a server that hides a timer keeps nothing in sight by that. Null: it stays. */
export function lifetimeOf(ofChat: number | null, copy: number | null): Lifetime | null {
    const known = [ofChat, copy].filter((each) => each !== null);
    if (known.length === 0) return null;
    // Other apps send no copy, and say nothing by that.
    return { maxAgeMs: Math.min(...known), differs: copy !== null && copy !== ofChat };
}
