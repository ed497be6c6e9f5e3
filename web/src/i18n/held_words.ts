import { words } from "./words.ts";

export const heldWords = words({
    id: {
        title: "Pesanmu ditahan",
        changed: (who: string) => `Kunci ${who} berubah. Pesanmu ditahan.`,
        changedWhy: (who: string) =>
            `Biasanya karena ${who} ganti HP atau memasang ulang aplikasinya. Kalau ragu, tanya lewat telepon, atau bandingkan angka dulu.`,
        acceptChange: "Lanjut mengirim",
        compare: "Bandingkan angka",
        unknown: (who: string, count: number) =>
            count === 1
                ? `Ada perangkat ${who} yang tidak dikenal. Pesanmu ditahan.`
                : `Ada ${count} perangkat yang tidak dikenal (${who}). Pesanmu ditahan.`,
        unknownWhy: (who: string) =>
            `Ada yang masuk ke akun ${who} tanpa diakui perangkat lainnya. Tanya lewat telepon kalau ragu. Begitu diakui, pesanmu terkirim sendiri.`,
        leaveOut: "Kirim tanpa perangkat itu",
        uncheckable: (who: string) => `Aplikasi ${who} tidak bisa diperiksa. Pesanmu ditahan.`,
        uncheckableWhy: (who: string) =>
            `Aplikasinya tidak menyebut perangkat mana milik ${who}: siapa pun yang memegang akun itu bisa membaca. Begitu kebanyakan bot.`,
        acceptApp: "Tetap kirim",
        newService: (who: string) => `Layanan ${who} ada di grup ini. Pesanmu ditahan.`,
        newServices: (who: string) => `Ada beberapa layanan di grup ini: ${who}. Pesanmu ditahan.`,
        newServiceWhy: (host: string) =>
            `Kalau kamu lanjut, ${host} bisa membaca semua yang kamu tulis di sini mulai sekarang. Pesan sebelumnya tidak.`,
        itself: (who: string) => `pemilik ${who}`,
        admit: "Lanjut mengirim",
        leave: "Keluar dari grup",
        look: "Lihat siapa yang bisa membaca",
    },
    en: {
        title: "Your messages are held back",
        changed: (who) => `${who}'s keys have changed. Your messages are held back.`,
        changedWhy: (who) =>
            `Mostly because ${who} has a new phone or installed the app again. If in doubt, ask by phone, or compare numbers first.`,
        acceptChange: "Go on sending",
        compare: "Compare numbers",
        unknown: (who, count) =>
            count === 1
                ? `${who} has an unknown device. Your messages are held back.`
                : `There are ${count} unknown devices (${who}). Your messages are held back.`,
        unknownWhy: (who) =>
            `Somebody has signed in as ${who}, and none of the other devices vouches for it. If in doubt, ask by phone. Once one does, your messages go by themselves.`,
        leaveOut: "Send without it",
        uncheckable: (who) => `${who}'s app cannot be checked. Your messages are held back.`,
        uncheckableWhy: (who) =>
            `It does not say which devices are ${who}'s: whoever has hold of that account can read. Most bots are like that.`,
        acceptApp: "Send anyway",
        newService: (who) => `The service ${who} is in this group. Your messages are held back.`,
        newServices: (who) => `There are several services in this group: ${who}. Your messages are held back.`,
        newServiceWhy: (host) =>
            `If you go on, ${host} can read all that you write here from now on. Nothing from before.`,
        itself: (who) => `the owner of ${who}`,
        admit: "Go on sending",
        leave: "Leave the group",
        look: "See who can read this",
    },
});
