import { words } from "./words.ts";

export const rehearsalWords = words({
    id: {
        lab: "Server percobaan: siapa pun di mesin ini bisa mendaftar, dan tidak ada yang rahasia.",
        demo: "Contoh di mesinmu sendiri: SMS masuk ke kotak ini.",
        friend: "Contoh: coba mengobrol dengan citra.",
        inbox: "Kotak SMS",
        stored: "Yang server simpan",
    },
    en: {
        lab: "A lab server: anybody on this machine can sign up, and nothing is private.",
        demo: "A demo on your own machine: texts arrive in this inbox.",
        friend: "A demo: try chatting with citra.",
        inbox: "Text messages",
        stored: "What the server stored",
    },
});
