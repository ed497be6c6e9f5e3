/* What the system shows beside the app: notifications, the count on its icon and in the title of its window. */

/** A notification; a newer one of the same chat takes its place. */
export type SystemNotice = { roomId: string; title: string; body: string; silent: boolean };

export interface SystemNotices {
    /** Whether somebody is looking at the app right now. */
    watched(): boolean;
    show(notice: SystemNotice): Promise<void>;
    /** Take away what is shown of a chat. */
    clear(roomId: string): Promise<void>;
    /** Show how many messages wait. */
    count(unread: number): void;
}

export const systemNotices: SystemNotices = {
    watched: () => document.visibilityState === "visible" && document.hasFocus(),

    async show({ roomId, title, body, silent }) {
        const registration = await navigator.serviceWorker.ready;
        await registration.showNotification(title, {
            body,
            silent,
            tag: roomId,
            icon: "/icon-192.png",
            data: { roomId },
        });
    },

    async clear(roomId) {
        if (!("serviceWorker" in navigator)) return;
        const registration = await navigator.serviceWorker.getRegistration();
        for (const shown of (await registration?.getNotifications({ tag: roomId })) ?? []) shown.close();
    },

    count(unread) {
        const name = document.title.replace(/^\(\d+\+?\) /, "");
        document.title = unread === 0 ? name : `(${unread > 99 ? "99+" : unread}) ${name}`;
        // A browser without a badge, or an app that is not installed, shows none.
        const shown = unread === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(unread);
        void shown?.catch(() => {});
    },
};
