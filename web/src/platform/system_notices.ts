/* What the system shows beside the app: notifications, the count on its icon and in the title of its window. */

/** A notification; a newer one of the same chat takes its place. */
export type SystemNotice = { roomId: string; eventId: string | null; title: string; body: string; silent: boolean };

/** What a notification is about. The worker's have the same. */
export type Shown = { roomId: string | null; eventId: string | null };

export interface SystemNotices {
    /** Whether somebody is looking at the app right now. */
    watched(): boolean;
    show(notice: SystemNotice): Promise<void>;
    /** Take away what has been read; whether anything is left. */
    clear(isRead: (about: Shown) => boolean): Promise<boolean>;
    /** Show how many messages wait. */
    count(unread: number): void;
}

export const systemNotices: SystemNotices = {
    watched: () => document.visibilityState === "visible" && document.hasFocus(),

    async show({ roomId, eventId, title, body, silent }) {
        const registration = await navigator.serviceWorker.ready;
        await registration.showNotification(title, {
            body,
            silent,
            tag: roomId,
            icon: "/icon-192.png",
            data: { roomId, eventId } satisfies Shown,
        });
    },

    async clear(isRead) {
        if (!("serviceWorker" in navigator)) return false;
        const registration = await navigator.serviceWorker.getRegistration();
        const shown = (await registration?.getNotifications()) ?? [];
        const read = shown.filter(({ data }) => isRead(data as Shown));
        for (const notification of read) notification.close();
        return read.length < shown.length;
    },

    count(unread) {
        const name = document.title.replace(/^\(\d+\+?\) /, "");
        document.title = unread === 0 ? name : `(${unread > 99 ? "99+" : unread}) ${name}`;
        // A browser without a badge, or an app that is not installed, shows none.
        const shown = unread === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(unread);
        void shown?.catch(() => {});
    },
};
