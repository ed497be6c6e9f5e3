/* This browser's push service: it wakes the worker when no window is open. */

/** What a browser says to notifications; `unsupported` has none to show. */
export type Permission = "granted" | "denied" | "default" | "unsupported";

/** Where a browser is pushed to, and what encrypts for it alone; the keys in base64url. */
export type Subscription = { endpoint: string; p256dh: string; auth: string };

export interface PushDoor {
    permission(): Permission;
    /** Ask the person; browsers let an app do so when they have just pressed something. */
    ask(): Promise<Permission>;
    /** Have this browser pushed to by whoever holds the key; null where its maker has no push service. */
    subscribe(key: string): Promise<Subscription | null>;
    unsubscribe(): Promise<void>;
}

export const browserPush: PushDoor = {
    permission() {
        return "Notification" in window && "serviceWorker" in navigator ? Notification.permission : "unsupported";
    },

    async ask() {
        return this.permission() === "default" ? Notification.requestPermission() : this.permission();
    },

    async subscribe(key) {
        const registration = await navigator.serviceWorker.ready;
        if (!("pushManager" in registration)) return null;
        try {
            const held = await registration.pushManager.getSubscription();
            if (held !== null && keyOf(held.options.applicationServerKey) !== key) await held.unsubscribe();
            const subscribed = await registration.pushManager.subscribe({
                userVisibleOnly: true,
                applicationServerKey: key,
            });
            return read(subscribed);
        } catch (error) {
            // Browsers without a push service say so by one of these; the rest is a fault of ours.
            if (error instanceof DOMException) return null;
            throw error;
        }
    },

    async unsubscribe() {
        const registration = await navigator.serviceWorker.getRegistration();
        await (await registration?.pushManager?.getSubscription())?.unsubscribe();
    },
};

function read(subscription: PushSubscription): Subscription | null {
    const { endpoint, keys } = subscription.toJSON();
    if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) return null;
    return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

function keyOf(bytes: ArrayBuffer | null): string {
    const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
