import { words } from "./words.ts";

export const homeWords = words({
    id: {
        places: "Tempat",
        chats: "Chat",
        services: "Layanan",
        communities: "Komunitas",
        me: "Aku",
        offline: "Kamu sedang luring. Pesanmu kami kirim begitu tersambung.",
        pickTitle: "Pilih obrolan",
        pick: "Atau mulai yang baru dari tombol di atas daftar.",
    },
    en: {
        places: "Places",
        chats: "Chats",
        services: "Services",
        communities: "Communities",
        me: "Me",
        offline: "You are offline. We send your messages as soon as you are connected.",
        pickTitle: "Pick a chat",
        pick: "Or start a new one with the button above the list.",
    },
});
