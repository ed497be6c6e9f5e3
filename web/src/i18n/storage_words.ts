import { words } from "./words.ts";

export const storageWords = words({
    id: {
        title: "Penyimpanan",
        used: (used: string, quota: string) => `${used} dari ${quota} yang boleh dipakai`,
        data: "Pesan, kunci, dan daftar pencarian",
        files: "Berkas aplikasi, supaya terbuka tanpa internet",
        search: (count: string) => `Daftar pencarian: ${count} pesan`,
        free: "Kosongkan",
        freeHint: "Tidak ada yang hilang: dibuat lagi kalau perlu.",
        keep: "Jangan dihapus peramban",
        keepHint: "Minta peramban menyimpan pesanmu walau disk penuh.",
        kept: "Peramban akan menyimpannya.",
        notKept: "Peramban belum mau berjanji. Pasang Amanat sebagai aplikasi, lalu coba lagi.",
    },
    en: {
        title: "Storage",
        used: (used: string, quota: string) => `${used} of the ${quota} that may be used`,
        data: "Messages, keys and search index",
        files: "The app's files, so that it opens offline",
        search: (count: string) => `Search index: ${count} messages`,
        free: "Free up",
        freeHint: "Nothing is lost: it is made again when needed.",
        keep: "Do not let the browser delete it",
        keepHint: "Ask the browser to keep your messages even when the disk is full.",
        kept: "The browser will keep it.",
        notKept: "The browser does not promise yet. Install Amanat as an app and try again.",
    },
});
