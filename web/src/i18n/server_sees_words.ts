/* What the server sees of an encrypted chat, in plain words: one line for each of the page docs/what-the-server-sees.md,
 * under the same key. A test of the page's tool holds the two together. */

import { words } from "./words.ts";

export const serverSeesWords = words({
    id: {
        membership: "Siapa ada di chat ini, dan siapa mengundang atau mengeluarkan siapa",
        sending: "Siapa mengirim, kapan, dari perangkat mana, dan seberapa panjang",
        relations: "Pesan mana yang diedit, dijawab, atau diberi reaksi",
        receipts: "Sampai mana setiap orang sudah membaca",
        presence: "Siapa yang sedang mengetik dan siapa yang sedang daring",
        devices: "Perangkat setiap orang: nama dan kunci publiknya",
        keyRequests: "Siapa meminta kunci siapa, dan kapan",
        uploads: "Berapa banyak berkas diunggah, kapan, sebesar apa, dan siapa mengambilnya",
        plainUploads: "Berkas yang memang tidak dikunci, seperti foto profil",
        profile: "Nama, foto, dan nama pengguna setiap orang",
        accountData: "Pengaturan yang tidak dikunci: label chat, siapa yang diabaikan, kata kunci notifikasi",
        backup: "Berapa banyak kunci yang dicadangkan; kuncinya sendiri terkunci",
        address: "Alamat internet sambunganmu, selama permintaan dihitung",
        pushes: "Ke mana notifikasi dikirim, dan untuk chat yang mana",
    },
    en: {
        membership: "Who is in this chat, and who invited or removed whom",
        sending: "Who sends, when, from which device, and how much",
        relations: "Which message is edited, answered or reacted to",
        receipts: "How far each person has read",
        presence: "Who is typing and who is online",
        devices: "Each person's devices: their names and public keys",
        keyRequests: "Who asks for whose keys, and when",
        uploads: "How many files are uploaded, when, how large, and who fetches them",
        plainUploads: "Files that are not locked, such as profile pictures",
        profile: "Each person's name, picture and user name",
        accountData: "Settings that are not locked: chat labels, who is ignored, notification keywords",
        backup: "How many keys are backed up; the keys themselves are locked",
        address: "The internet address of your connection, while requests are counted",
        pushes: "Where notifications are sent, and for which chat",
    },
});
