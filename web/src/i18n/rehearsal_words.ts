import { words } from "./words.ts";

export const rehearsalWords = words({
    id: {
        lab: "Server percobaan: tidak ada yang rahasia di sini.",
        demo: "Contoh di mesinmu: SMS masuk ke sini.",
        friend: "Contoh: coba mengobrol dengan citra.",
        inbox: "Kotak SMS",
        stored: "Yang server simpan",
    },
    en: {
        lab: "A lab server: nothing here is private.",
        demo: "A demo on your machine: texts arrive here.",
        friend: "A demo: try chatting with citra.",
        inbox: "Text messages",
        stored: "What the server stored",
    },
});
