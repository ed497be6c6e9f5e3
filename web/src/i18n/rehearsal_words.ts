import { words } from "./words.ts";

export const rehearsalWords = words({
    id: {
        lab: "Server percobaan: tidak rahasia.",
        demo: "Contoh: SMS masuk ke kotak ini.",
        friends: "Coba mengobrol dengan",
        inbox: "Kotak SMS",
        stored: "Yang server simpan",
    },
    en: {
        lab: "A lab server: nothing here is private.",
        demo: "A demo: texts arrive in this inbox.",
        friends: "Try chatting with",
        inbox: "Text messages",
        stored: "What the server stored",
    },
});
