import { words } from "./words.ts";

export const pinWords = words({
    id: {
        region: "Pesan yang disematkan",
        pinned: "Disematkan",
        at: (place: number, count: number) => `Disematkan ${place} dari ${count}`,
        loading: "Sedang dimuat",
        away: "Pesan ini tidak ada di perangkat ini",
        unreadable: "Pesan ini belum bisa dibaca di perangkat ini",
        all: "Lihat semua yang disematkan",
        unpin: "Lepas sematan",
        failed: "Belum berhasil. Periksa sambunganmu, lalu coba lagi.",
    },
    en: {
        region: "Pinned messages",
        pinned: "Pinned",
        at: (place, count) => `Pinned ${place} of ${count}`,
        loading: "On its way",
        away: "This message is not on this device",
        unreadable: "This message cannot be read on this device yet",
        all: "See all that is pinned",
        unpin: "Unpin",
        failed: "That did not work yet. Check your connection and try again.",
    },
});
