import { words } from "./words.ts";

export const pictureWords = words({
    id: {
        pick: "Pilih foto",
        drop: "Hapus foto",
        wrong: "Berkas ini bukan foto yang bisa dibuka. Pilih yang lain.",
        failed: "Fotonya belum tersimpan. Periksa sambunganmu, lalu coba lagi.",
        mine: "Foto ini tidak dikunci: server dan siapa pun yang menemukanmu bisa melihatnya.",
        groups: "Foto ini dikunci: hanya anggota grup yang bisa melihatnya.",
    },
    en: {
        pick: "Choose a picture",
        drop: "Remove the picture",
        wrong: "This file is no picture that can be opened. Choose another.",
        failed: "The picture was not saved. Check your connection and try again.",
        mine: "This picture is not locked: the server and whoever finds you can see it.",
        groups: "This picture is locked: only members of the group can see it.",
    },
});
