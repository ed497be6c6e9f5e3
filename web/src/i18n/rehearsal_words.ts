import { words } from "./words.ts";

export const rehearsalWords = words({
    id: {
        lab: "Server percobaan: tidak rahasia.",
        demo: "Contoh: SMS masuk ke kotak ini.",
        friend: "Coba mengobrol dengan citra, layanan-paspor, atau literasi-digital.",
        inbox: "Kotak SMS",
        stored: "Yang server simpan",
    },
    en: {
        lab: "A lab server: nothing here is private.",
        demo: "A demo: texts arrive in this inbox.",
        friend: "Try chatting with citra, layanan-paspor or literasi-digital.",
        inbox: "Text messages",
        stored: "What the server stored",
    },
});
