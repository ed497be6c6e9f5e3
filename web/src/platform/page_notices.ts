/* Notifications of the system that a page shows while it is open, by itself and without a worker. */

export type PageNotice = { tag: string; title: string; body: string; chosen: () => void };

export interface PageNotices {
    /** Whether there are any; `ask`: whoever looks has not been asked yet. */
    permission(): "granted" | "denied" | "ask" | "none";
    /** Ask for them; only a press of a button may. */
    ask(): Promise<boolean>;
    /** Whether somebody is looking at the page right now. */
    watched(): boolean;
    /** Show one in place of the last of its tag; return what takes it away. */
    show(notice: PageNotice): () => void;
}

export const pageNotices: PageNotices = {
    permission() {
        if (!("Notification" in globalThis)) return "none";
        return Notification.permission === "default" ? "ask" : Notification.permission;
    },

    ask: async () => (await Notification.requestPermission()) === "granted",

    watched: () => document.visibilityState === "visible" && document.hasFocus(),

    show({ tag, title, body, chosen }) {
        try {
            const notification = new Notification(title, { tag, body, icon: "/icon-192.png" });
            notification.onclick = () => {
                window.focus();
                notification.close();
                chosen();
            };
            return () => notification.close();
        } catch {
            // Some phones let only a worker show any.
            return () => {};
        }
    },
};
