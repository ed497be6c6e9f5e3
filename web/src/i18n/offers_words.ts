import { words } from "./words.ts";

export const offersWords = words({
    id: {
        title: "Penawaran",
        wanted: "Terima penawaran di sini",
        about: "Tanpa izinmu layanan ini tidak mengirim penawaran. Izin ini bisa kamu cabut kapan saja. Yang tahu: layanan ini dan yang menjalankannya, bukan server.",
        waiting: "Menunggu jawaban layanan.",
        failed: "Belum terkirim. Coba lagi.",
        yes: "Penawaran ya",
        no: "Penawaran tidak",
    },
    en: {
        title: "Offers",
        wanted: "Get offers here",
        about: "Without your consent this service sends no offers. You can take it back at any time. Known to this service and whoever runs it, and not to the server.",
        waiting: "Waiting for the service to answer.",
        failed: "This was not sent. Try again.",
        yes: "Offers on",
        no: "Offers off",
    },
});
