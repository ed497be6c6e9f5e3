/* What the worker's notifications say. Pure. */

import { arrivalWords, wordingOf } from "../i18n/arrival_words.ts";
import type { WorkerSettings } from "../platform/worker_messages.ts";
import type { Found } from "./opening.ts";
import { isQuietNow } from "./settings.ts";

/** What the server's pushes say. */
export type Push = { roomId: string; eventId: string; unread: number; roomUnread: number };

export type Notice = { title: string; body: string; silent: boolean };

/** Put into words what was found; null where it could not be opened. */
export function noticeOf(found: Found | null, push: Push | null, settings: WorkerSettings, now: Date): Notice {
    const words = arrivalWords[settings.language];
    const quiet = isQuietNow(settings, now);
    const plain = { title: words.newMessage, body: words.open, silent: quiet };
    if (found === null) {
        const unread = push?.roomUnread ?? 0;
        return unread > 1 ? { ...plain, body: words.unread(unread) } : plain;
    }
    if (found.kind === "aside") return { ...plain, silent: true };
    const loud = found.kind === "invitation" || found.loud;
    return { ...wordingOf(found, settings.content, words), silent: quiet || !loud };
}

/** Read what a push says; null where it is none of our server's. */
export function readPush(said: unknown): Push | null {
    if (typeof said !== "object" || said === null) return null;
    const { room_id: roomId, event_id: eventId, unread, room_unread: roomUnread } = said as Record<string, unknown>;
    if (typeof roomId !== "string" || typeof eventId !== "string") return null;
    return { roomId, eventId, unread: countOf(unread), roomUnread: countOf(roomUnread) };
}

function countOf(value: unknown): number {
    return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
