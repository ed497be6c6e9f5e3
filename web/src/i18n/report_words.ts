import { words } from "./words.ts";

export const reportWords = words({
    id: {
        message: "Laporkan pesan ini",
        messageText:
            "Pengelola server melihat siapa yang mengirim, kapan, dan yang kamu tulis di sini. Isi pesannya terkunci bagi mereka; salin ke sini bila mereka perlu tahu. Pengirim tidak diberi tahu.",
        person: (name: string) => `Laporkan ${name}`,
        personText:
            "Pengelola server melihat siapa yang kamu laporkan dan yang kamu tulis di sini. Isi obrolan terkunci bagi mereka; salin ke sini bila mereka perlu tahu. Orangnya tidak diberi tahu.",
        invitation: "Laporkan ajakan ini",
        invitationText: "Pengelola server membaca laporan ini dan melihat siapa pengundangnya.",
        reason: "Apa yang salah?",
        send: "Kirim laporan",
        sent: "Laporan terkirim. Terima kasih.",
        failed: "Laporan belum terkirim. Periksa sambunganmu, lalu coba lagi.",
    },
    en: {
        message: "Report this message",
        messageText:
            "Those who run the server see who sent it, when, and what you write here. What the message says is locked for them; copy it here if they need to know. The sender is not told.",
        person: (name: string) => `Report ${name}`,
        personText:
            "Those who run the server see whom you report and what you write here. What was said in the chat is locked for them; copy it here if they need to know. The person is not told.",
        invitation: "Report this invitation",
        invitationText: "Those who run the server read this, and see who sent the invitation.",
        reason: "What is wrong?",
        send: "Send the report",
        sent: "Report sent. Thank you.",
        failed: "The report was not sent. Check your connection and try again.",
    },
});
