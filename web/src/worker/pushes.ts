/* Pushes: an open window shows what came; where none is open, the worker says that something did. It holds no session
 * and no key, so it never says what was written, or by whom. */

import type { FromWorker, ToWorker } from "../platform/worker_messages.ts";
import { forgetSettings, isQuietNow, keepSettings, loadSettings } from "./settings.ts";
import { WORKER_WORDS } from "./worker_words.ts";

/** What the server's pushes say. */
type Pushed = { room_id: string; event_id: string; unread: number; room_unread: number };

/** How long the windows may take to receive and open what came. */
const PATIENCE_MS = 6_000;

export function followPushes(worker: ServiceWorkerGlobalScope): void {
    worker.addEventListener("push", (event) => event.waitUntil(take(worker, read(event.data))));
    worker.addEventListener("notificationclick", (event) => event.waitUntil(open(worker, event.notification)));
    worker.addEventListener("pushsubscriptionchange", (event) => {
        (event as ExtendableEvent).waitUntil(tell(worker, { kind: "renew" }));
    });
    worker.addEventListener("message", (event) => event.waitUntil(obey(event.data as ToWorker)));
}

async function take(worker: ServiceWorkerGlobalScope, pushed: Pushed | null): Promise<void> {
    if (pushed !== null && (await tell(worker, { kind: "push", roomId: pushed.room_id, eventId: pushed.event_id }))) {
        return;
    }
    const settings = await loadSettings();
    const words = WORKER_WORDS[settings.language];
    const unread = pushed?.room_unread ?? 1;
    // A browser must show something for each push.
    await worker.registration.showNotification(words.title, {
        body: unread > 1 ? words.unread(unread) : words.open,
        silent: isQuietNow(settings, new Date()),
        tag: pushed?.room_id ?? "",
        icon: "/icon-192.png",
        data: { roomId: pushed?.room_id ?? null, eventId: pushed?.event_id ?? null },
    });
    if (pushed !== null) await worker.navigator.setAppBadge?.(pushed.unread).catch(() => {});
}

/** Go to the chat of a notification, in a window that is open or in a new one. */
async function open(worker: ServiceWorkerGlobalScope, notification: Notification): Promise<void> {
    notification.close();
    const roomId: unknown = (notification.data as { roomId?: unknown } | null)?.roomId;
    const [window] = await worker.clients.matchAll({ type: "window" });
    if (window !== undefined) {
        if (typeof roomId === "string") await tell(worker, { kind: "open", roomId });
        await window.focus();
        return;
    }
    const place = typeof roomId === "string" ? `chats/${encodeURIComponent(roomId)}` : "chats";
    await worker.clients.openWindow(`/#/${place}`);
}

/** Say something to all windows; whether one of them took care of it. */
async function tell(worker: ServiceWorkerGlobalScope, message: FromWorker): Promise<boolean> {
    const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    const answers = windows.map((window) => answerOf(window, message));
    // The first that took care; a window that another tab has taken over answers no, or nothing.
    return Promise.any(
        answers.map(async (answer) => (await answer) || Promise.reject(new Error("Not this one."))),
    ).then(
        () => true,
        () => false,
    );
}

function answerOf(window: WindowClient, message: FromWorker): Promise<boolean> {
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data === true);
        setTimeout(() => resolve(false), PATIENCE_MS);
        window.postMessage(message, [port2]);
    });
}

async function obey(message: ToWorker): Promise<void> {
    if (message.kind === "settings") await keepSettings(message.settings);
    else if (message.kind === "forget") await forgetSettings();
}

function read(data: PushMessageData | null): Pushed | null {
    try {
        const said = data?.json() as Partial<Pushed> | null | undefined;
        const { room_id, event_id, unread, room_unread } = said ?? {};
        if (typeof room_id !== "string" || typeof event_id !== "string") return null;
        return { room_id, event_id, unread: countOf(unread), room_unread: countOf(room_unread) };
    } catch {
        return null;
    }
}

function countOf(value: unknown): number {
    return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
