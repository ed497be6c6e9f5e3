import { words } from "./words.ts";

export const shareWords = words({
    id: {
        numberTitle: "Bagikan nomor teleponmu?",
        looking: "Sedang melihat nomormu",
        /** Who will know the number, and nobody else. */
        who: (name: string, hosts: readonly string[]) =>
            hosts.length === 0
                ? `${name}, dan siapa pun yang menjalankannya, akan tahu nomor teleponmu.`
                : `${name}, dan ${hosts.join(" dan ")} yang menjalankannya, akan tahu nomor teleponmu.`,
        number: "Nomormu",
        proof: "Server menjamin bahwa nomor ini benar milikmu.",
        later: "Setiap kali nomormu dibaca, itu dicatat di Aku › Dataku › Siapa membaca dataku. Di sana izinnya bisa dicabut; yang sudah tahu tetap tahu.",
        agree: "Bagikan nomor",
        decline: "Jangan dulu",
        said: "Saya membagikan nomor telepon saya.",
        none: "Akunmu tidak punya nomor telepon, jadi tidak ada yang bisa dibagikan. Kamu bisa menulis nomor di obrolan; itu pesan biasa, dan tidak membuktikan apa pun.",
        write: "Tulis sendiri",
        unknown: "Nomormu belum bisa dilihat. Periksa sambunganmu, lalu coba lagi.",
        failed: "Nomormu belum dibagikan. Periksa sambunganmu, lalu coba lagi.",
        again: "Coba lagi",
    },
    en: {
        numberTitle: "Share your phone number?",
        looking: "Looking up your number",
        who: (name, hosts) =>
            hosts.length === 0
                ? `${name}, and whoever runs it, will know your phone number.`
                : `${name} will know your phone number, and so will ${hosts.join(" and ")}, who run it.`,
        number: "Your number",
        proof: "The server vouches that this number is yours.",
        later: "Each time your number is read, that is written down under Me › My data › Who reads my data. There you can take the permission back; who knows it by then, knows it.",
        agree: "Share number",
        decline: "Not now",
        said: "I shared my phone number.",
        none: "Your account has no phone number, so there is nothing to share. You can write a number in the chat; that is an ordinary message, and proves nothing.",
        write: "Write it yourself",
        unknown: "Your number cannot be looked up just now. Check your connection and try again.",
        failed: "Your number was not shared. Check your connection and try again.",
        again: "Try again",
    },
});
