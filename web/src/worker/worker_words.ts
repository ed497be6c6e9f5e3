/* What the worker says. It takes nothing from the app's own tables, so that it stays one small file. */

export const WORKER_WORDS = {
    id: {
        title: "Pesan baru",
        open: "Buka Amanat untuk membacanya.",
        unread: (count: number) => `${count} pesan belum dibaca`,
    },
    en: {
        title: "New message",
        open: "Open Amanat to read it.",
        unread: (count: number) => `${count} unread messages`,
    },
} as const;
