import { spanOf } from "./spans.ts";
import { words } from "./words.ts";

export const timerWords = words({
    id: {
        title: "Pesan sementara",
        after: "Pesan hilang setelah",
        off: "Tidak pernah",
        span: (ms: number) => spanOf(ms, "id"),
        on: (ms: number) => `Pesan hilang setelah ${spanOf(ms, "id")}`,
        about: "Berlaku untuk pesan dan berkas yang dikirim sesudah ini: hilang dari server, dari obrolan ini, dan dari pencarian, juga saat luring. Yang terkirim sebelumnya tidak ikut.",
        honest: "Siapa pun di sini masih bisa menyalin, meneruskan, atau memotret layar sebelum itu. Aplikasi lain bisa saja menyimpannya lebih lama.",
        mayNot: "Hanya pemilik obrolan ini yang bisa mengubahnya.",
        failed: "Belum berubah. Coba lagi saat tersambung.",
        goes: (when: string) => `Hilang ${when}`,
        differs: "Server menyebut waktu hilang yang lain daripada pengirimnya. Yang lebih pendek yang berlaku di sini.",
    },
    en: {
        title: "Disappearing messages",
        after: "Messages disappear after",
        off: "Never",
        span: (ms) => spanOf(ms, "en"),
        on: (ms) => `Messages disappear after ${spanOf(ms, "en")}`,
        about: "Holds for messages and files sent from now on: they go from the server, from this chat and from search, offline too. What was sent before stays.",
        honest: "Anybody here can still copy them, pass them on or photograph the screen before that. Other apps may keep them longer.",
        mayNot: "Only the owner of this chat can change it.",
        failed: "This did not change. Try again when you are connected.",
        goes: (when) => `Disappears ${when}`,
        differs: "The server names another time to disappear than the sender did. Here the shorter one holds.",
    },
});
