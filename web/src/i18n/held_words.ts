import { words } from "./words.ts";

export const heldWords = words({
    id: {
        title: "Pesanmu ditahan",
        changed: (who: string) => `Kunci ${who} berubah. Pesanmu ditahan.`,
        changedWhy: (who: string) =>
            `Biasanya karena ${who} ganti HP atau memasang ulang aplikasinya. Kalau ragu, tanya lewat telepon, atau bandingkan angka dulu.`,
        acceptChange: "Lanjut mengirim",
        compare: "Bandingkan angka",
        uncheckable: (who: string) => `Aplikasi ${who} tidak bisa diperiksa. Pesanmu ditahan.`,
        uncheckableWhy: (who: string) =>
            `Aplikasinya tidak menyebut perangkat mana milik ${who}: siapa pun yang memegang akun itu bisa membaca. Begitu kebanyakan bot.`,
        acceptApp: "Tetap kirim",
        look: "Lihat siapa yang bisa membaca",
    },
    en: {
        title: "Your messages are held back",
        changed: (who) => `${who}'s keys have changed. Your messages are held back.`,
        changedWhy: (who) =>
            `Mostly because ${who} has a new phone or installed the app again. If in doubt, ask by phone, or compare numbers first.`,
        acceptChange: "Go on sending",
        compare: "Compare numbers",
        uncheckable: (who) => `${who}'s app cannot be checked. Your messages are held back.`,
        uncheckableWhy: (who) =>
            `It does not say which devices are ${who}'s: whoever has hold of that account can read. Most bots are like that.`,
        acceptApp: "Send anyway",
        look: "See who can read this",
    },
});
