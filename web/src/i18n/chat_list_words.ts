import { words } from "./words.ts";

export const chatListWords = words({
    id: {
        title: "Chat",
        list: "Daftar obrolan",
        start: "Obrolan baru",
        emptyTitle: "Belum ada obrolan",
        empty: "Mulai dengan nama pengguna seseorang.",
        handle: "Nama pengguna",
        handleHint: "Seperti @ani. Tanyakan langsung kepada orangnya.",
        find: "Mulai mengobrol",
        nobody: "Tidak ada yang memakai nama itu.",
        failed: "Tidak berhasil. Periksa sambunganmu, lalu coba lagi.",
        invited: "Mengajakmu mengobrol",
        unread: (count: number) => `${count} belum dibaca`,
    },
    en: {
        title: "Chats",
        list: "List of chats",
        start: "New chat",
        emptyTitle: "No chats yet",
        empty: "Start with somebody's user name.",
        handle: "User name",
        handleHint: "Like @ani. Ask the person for it.",
        find: "Start chatting",
        nobody: "Nobody has this user name.",
        failed: "That did not work. Check your connection and try again.",
        invited: "Wants to chat with you",
        unread: (count: number) => `${count} unread`,
    },
});
