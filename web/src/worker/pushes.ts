/* Pushes: an open window shows what came; where none is open, the worker opens it with the keys that lie here, and where
 * it cannot it says that something came. */

import { SESSION_LOCK } from "../matrix/session/credentials.ts";
import { isHeld } from "../platform/alone.ts";
import type { FromWorker, ToWorker } from "../platform/worker_messages.ts";
import { type Notice, noticeOf, type Push, readPush } from "./notices.ts";
import { type Found, openPushed } from "./opening.ts";
import { forgetSettings, keepSettings, loadSettings } from "./settings.ts";

/** How long the windows may take to receive and open what came. */
const PATIENCE_MS = 6_000;

type Open = (push: Push) => Promise<Found | null>;

/** Take pushes; `binary` is the crypto's. */
export function followPushes(worker: ServiceWorkerGlobalScope, binary: () => Promise<Response>): void {
    const open = (push: Push) => openPushed(push, { origin: worker.location.origin, binary });
    worker.addEventListener("push", (event) => event.waitUntil(take(worker, read(event.data), open)));
    worker.addEventListener("notificationclick", (event) => event.waitUntil(follow(worker, event.notification)));
    worker.addEventListener("pushsubscriptionchange", (event) => {
        (event as ExtendableEvent).waitUntil(tell(worker, { kind: "renew" }));
    });
    worker.addEventListener("message", (event) => event.waitUntil(obey(event.data as ToWorker)));
}

async function take(worker: ServiceWorkerGlobalScope, push: Push | null, open: Open): Promise<void> {
    const { roomId, eventId } = push ?? { roomId: null, eventId: null };
    if (push !== null && (await isTaken(worker, push))) return;
    const settings = await loadSettings();
    const found = push !== null && settings.content ? await open(push) : null;
    const before = found?.kind === "aside" ? await shownOf(worker, push) : null;
    // A browser must show something for each push.
    const { title, ...said } = before ?? noticeOf(found, push, settings, new Date());
    await worker.registration.showNotification(title, {
        ...said,
        tag: roomId ?? "",
        icon: "/icon-192.png",
        data: { roomId, eventId },
    });
    if (push !== null) await worker.navigator.setAppBadge?.(push.unread).catch(() => {});
}

/** Whether a window takes care of it. Those without the session are not waited for. */
async function isTaken(worker: ServiceWorkerGlobalScope, { roomId, eventId }: Push): Promise<boolean> {
    return (await isHeld(SESSION_LOCK)) && (await tell(worker, { kind: "push", roomId, eventId }));
}

/** What is shown of a chat already: it is shown again where nothing is to be added to it. */
async function shownOf(worker: ServiceWorkerGlobalScope, push: Push | null): Promise<Notice | null> {
    const [shown] = await worker.registration.getNotifications({ tag: push?.roomId ?? "" });
    return shown === undefined ? null : { title: shown.title, body: shown.body, silent: true };
}

/** Go to the chat of a notification, in a window that is open or in a new one. */
async function follow(worker: ServiceWorkerGlobalScope, notification: Notification): Promise<void> {
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

function read(data: PushMessageData | null): Push | null {
    try {
        return readPush(data?.json());
    } catch {
        return null;
    }
}
