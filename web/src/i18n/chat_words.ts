import { words } from "./words.ts";

export const chatWords = words({
    id: {
        back: "Kembali ke daftar",
        typing: (names: string) => `${names} sedang menulis`,
        typingAlone: "sedang menulis",
        details: "Keterangan obrolan",
        toDate: "Ke tanggal",
        date: "Tanggal",
        go: "Buka",
    },
    en: {
        back: "Back to the list",
        typing: (names: string) => `${names} writing`,
        typingAlone: "is writing",
        details: "About this chat",
        toDate: "Go to a date",
        date: "Date",
        go: "Go",
    },
});
