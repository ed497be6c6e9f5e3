import { words } from "./words.ts";

export const shortcutWords = words({
    id: {
        title: "Tombol pintas",
        letters: "Pakai tombol satu huruf",
        lettersHint: "Matikan kalau kamu menulis dengan suara atau sering salah tekan. Tombol lain tetap berlaku.",
        whileWriting: "Esc keluar dari kolom tulis; sesudah itu satu huruf adalah tombol pintas.",
        search: "Cari obrolan",
        newChat: "Obrolan baru",
        nextChat: "Obrolan di bawahnya",
        previousChat: "Obrolan di atasnya",
        nextUnread: "Obrolan berikutnya yang belum dibaca",
        mute: "Bisukan obrolan ini, atau bunyikan lagi",
        write: "Tulis pesan",
        reply: "Balas pesan terbaru orang lain",
        edit: "Ubah pesan terakhirmu",
        close: "Tutup yang terbuka",
        list: "Tampilkan daftar ini",
    },
    en: {
        title: "Keyboard shortcuts",
        letters: "Use single letters as shortcuts",
        lettersHint:
            "Turn this off if you write by voice or often press keys by mistake. The other keys go on working.",
        whileWriting: "Esc leaves the field one writes in; after that a single letter is a shortcut.",
        search: "Search chats",
        newChat: "New chat",
        nextChat: "The chat below",
        previousChat: "The chat above",
        nextUnread: "The next unread chat",
        mute: "Mute this chat, or unmute it",
        write: "Write a message",
        reply: "Reply to the newest message of somebody else",
        edit: "Edit your last message",
        close: "Close what is open",
        list: "Show this list",
    },
});
