import { words } from "./words.ts";

export const selectionWords = words({
    id: {
        chosen: (count: number) => `${count} pesan dipilih`,
        full: "Tidak bisa lebih banyak sekaligus.",
        pick: (label: string) => `Pilih pesan: ${label}`,
        copy: "Salin",
        forward: "Teruskan",
        remove: "Hapus untuk semua",
        end: "Batal memilih",
        you: "Kamu",
        somebody: "Seseorang",
        removeTitle: (count: number) => `Hapus ${count} pesan untuk semua?`,
    },
    en: {
        chosen: (count: number) => (count === 1 ? "1 message chosen" : `${count} messages chosen`),
        full: "No more can be chosen at once.",
        pick: (label: string) => `Choose the message: ${label}`,
        copy: "Copy",
        forward: "Forward",
        remove: "Delete for everybody",
        end: "Choose no more",
        you: "You",
        somebody: "Somebody",
        removeTitle: (count: number) =>
            count === 1 ? "Delete 1 message for everybody?" : `Delete ${count} messages for everybody?`,
    },
});
