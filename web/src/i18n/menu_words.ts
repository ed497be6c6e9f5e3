import { words } from "./words.ts";

export const menuWords = words({
    id: {
        choices: "Pilihan",
        chosen: "pilihanmu",
        see: (count: number) => `Lihat ${count} pilihan`,
        passed: "Pilihan ini sudah lewat. Pakai yang terbaru, atau tulis saja.",
    },
    en: {
        choices: "Choices",
        chosen: "your choice",
        see: (count) => `See ${count} choices`,
        passed: "These choices have passed. Use the newest ones, or just write.",
    },
});
