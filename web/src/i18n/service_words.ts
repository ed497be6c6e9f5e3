import { words } from "./words.ts";

/** Of a service: who runs it, and what is the matter with its statement of that. */
export const serviceWords = words({
    id: {
        byItself: (purpose: string, country: string) => `dijalankan sendiri di ${country}: ${purpose}`,
        byHost: (host: string, purpose: string, country: string) => `dijalankan ${host} di ${country}: ${purpose}`,
        unfit: (who: string) => `${who} tidak menyebut dengan benar siapa yang bisa membaca. Pesanmu ditahan.`,
        over: (who: string) => `${who} tidak lagi menyebut siapa yang bisa membaca. Pesanmu ditahan.`,
        uncheckable: (who: string) => `Siapa yang menjalankan ${who} tidak bisa diperiksa di sini. Pesanmu ditahan.`,
        expired:
            "Keterangannya sudah lewat masanya. Biasanya karena lupa diperbarui, tetapi bisa juga ada yang berubah.",
        "taken-back": "Dulu ada keterangan siapa yang menjalankannya. Sekarang tidak ada lagi.",
        older: "Server memberi keterangan yang lebih lama dari yang pernah dilihat perangkat ini.",
        "not-countersigned": "Penyedia yang disebut di keterangannya belum mengakui bahwa ia menjalankannya.",
        unsigned: "Keterangannya bukan tanda tangannya sendiri.",
        "wrong-key": "Keterangannya dari kunci yang lain dengan kuncinya sekarang.",
        malformed: "Keterangannya tidak bisa dibaca.",
        early: "Keterangannya bertanggal lebih lambat dari hari ini.",
        uncheckableWhy: "Peramban ini belum bisa memeriksa tanda tangan. Perbarui, atau pakai peramban lain.",
        goOn: "Tetap kirim",
        unnamed: (who: string) => `Ada perangkat ${who} yang tidak disebut siapa menjalankannya. Pesanmu ditahan.`,
        unnamedWhy: (who: string) =>
            `Perangkat itu milik akun ${who}, tetapi tidak ada dalam keterangannya. Begitu disebut, pesanmu terkirim sendiri.`,
        look: "Lihat siapa yang bisa membaca",
        rerun: (who: string, hosts: string) => `${who} sekarang dijalankan ${hosts}: ${hosts} bisa membaca`,
        runsItself: (who: string) => `${who} sekarang menjalankan perangkatnya sendiri`,
        and: " dan ",
    },
    en: {
        byItself: (purpose, country) => `run by itself in ${country}: ${purpose}`,
        byHost: (host, purpose, country) => `run by ${host} in ${country}: ${purpose}`,
        unfit: (who) => `${who} does not say rightly who can read this. Your messages are held back.`,
        over: (who) => `${who} no longer says who can read this. Your messages are held back.`,
        uncheckable: (who) => `Who runs ${who} cannot be checked here. Your messages are held back.`,
        expired: "What it said is over. Mostly it was forgotten to be renewed, but something may have changed.",
        "taken-back": "It used to say who runs it. It does so no longer.",
        older: "The server hands out something older than this device has seen.",
        "not-countersigned": "The host that it names has not agreed to running it.",
        unsigned: "What is said was not signed by it.",
        "wrong-key": "What is said was signed with another key than it has now.",
        malformed: "What is said cannot be read.",
        early: "What is said has a date that is yet to come.",
        uncheckableWhy: "This browser cannot check signatures yet. Update it, or use another one.",
        goOn: "Send anyway",
        unnamed: (who) => `${who} does not say who runs one of its devices. Your messages are held back.`,
        unnamedWhy: (who) =>
            `The device belongs to ${who}'s account, and its statement does not name it. Once it does, your messages go by themselves.`,
        look: "See who can read this",
        rerun: (who, hosts) => `${who} is run by ${hosts} now: ${hosts} can read this`,
        runsItself: (who) => `${who} runs its devices by itself now`,
        and: " and ",
    },
});
