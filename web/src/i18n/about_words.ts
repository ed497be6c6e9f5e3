import { words } from "./words.ts";

export const aboutWords = words({
    id: {
        version: (version: string) => `Amanat untuk web, versi ${version}`,
        source: "Tentang server ini",
        sees: "Apa yang dilihat server",
        seesIntro:
            "Isi obrolan pribadi dikunci di perangkatmu. Server ini tetap melihat hal-hal ini, karena ia yang mengantar:",
        who: "Siapa ada di obrolan mana, dan siapa mengajak atau mengeluarkan siapa.",
        when: "Siapa mengirim sesuatu, kapan, dari perangkat mana, dan seberapa panjang: bukan apa isinya.",
        which: "Pesan mana yang dibalas, diedit, atau diberi reaksi: bukan dengan apa.",
        read: "Sampai mana tiap orang membaca; siapa mengetik dan siapa daring, selama kamu izinkan.",
        profile: "Nama, foto, dan nama penggunamu: dengan itu orang menemukanmu.",
        files: "Berapa banyak dan seberapa besar berkas yang dikirim: bukan isinya.",
        devices: "Perangkat apa saja yang kamu pakai.",
        never: "Yang tidak pernah dilihatnya",
        neverText:
            "Tulisan, foto, dan suara di obrolan pribadi; kunci yang membukanya; kode pembuka pesanmu; apa yang kamu cari.",
    },
    en: {
        version: (version: string) => `Amanat for the web, version ${version}`,
        source: "About this server",
        sees: "What the server sees",
        seesIntro:
            "What is said in private chats is locked on your devices. This server still sees these things, as it is what delivers:",
        who: "Who is in which chat, and who invited or removed whom.",
        when: "Who sends something, when, from which device and how long it is: not what it says.",
        which: "Which message is answered, edited or reacted to: not with what.",
        read: "How far each person has read; who is typing and who is online, as long as you let it.",
        profile: "Your name, picture and user name: people find you by them.",
        files: "How many files are sent and how large they are: not what is in them.",
        devices: "Which devices you use.",
        never: "What it never sees",
        neverText:
            "Text, pictures and sound in private chats; the keys that open them; your message unlock code; what you search for.",
    },
});
