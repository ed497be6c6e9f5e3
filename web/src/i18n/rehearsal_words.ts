import { words } from "./words.ts";

export const rehearsalWords = words({
    id: {
        lab: "Server percobaan: siapa pun di mesin ini bisa mendaftar, dan tidak ada yang rahasia.",
        demo: "Ini contoh di mesinmu sendiri. SMS-nya tidak ke mana-mana.",
        friend: "Ini contoh. Coba mengobrol dengan citra, yang selalu menjawab.",
        inbox: "Kotak SMS",
        stored: "Yang server simpan",
    },
    en: {
        lab: "A lab server: anybody on this machine can sign up, and nothing is private.",
        demo: "This is a demo on your own machine. Its text messages go nowhere.",
        friend: "This is a demo. Try chatting with citra, who always answers.",
        inbox: "Text messages",
        stored: "What the server stored",
    },
});
