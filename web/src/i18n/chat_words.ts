import { words } from "./words.ts";

export const chatWords = words({
    id: {
        back: "Kembali ke daftar",
        typing: (names: string) => `${names} sedang menulis…`,
        typingAlone: "sedang menulis…",
        menu: "Pilihan obrolan",
        groupInfo: "Info grup",
        searchHere: "Cari di obrolan ini",
        details: "Siapa yang bisa membaca",
        toDate: "Ke tanggal",
        date: "Tanggal",
        go: "Buka",
        asking: (count: number) => `${count} orang minta bergabung`,
        seeAsking: "Lihat",
    },
    en: {
        back: "Back to the list",
        typing: (names: string) => `${names} writing…`,
        typingAlone: "is writing…",
        menu: "Chat options",
        groupInfo: "Group info",
        searchHere: "Search in this chat",
        details: "Who can read this",
        toDate: "Go to a date",
        date: "Date",
        go: "Go",
        asking: (count: number) => (count === 1 ? "1 person asks to join" : `${count} people ask to join`),
        seeAsking: "See",
    },
});
