import { expect, test } from "vitest";

import { stemsOf } from "../../../src/matrix/search/stem.ts";

test.each([
    ["tulis", ["menulis", "ditulis", "tulisan", "penulis", "tuliskan", "menuliskan", "ditulisnya", "tertulis"]],
    ["kirim", ["mengirim", "kirimkan", "dikirim", "pengiriman", "terkirim", "kirimlah", "mengirimkan"]],
    ["pakai", ["memakai", "dipakai", "pemakaian", "terpakai", "pakainya"]],
    ["makan", ["memakan", "makanan", "dimakan", "makanannya", "pemakan"]],
    ["sapu", ["menyapu", "disapu", "penyapu"]],
    ["nyala", ["menyala", "dinyalakan", "menyalakan"]],
    ["teman", ["menemani", "ditemani", "temanku", "berteman"]],
    ["baca", ["membaca", "dibaca", "pembaca", "bacaan", "bacalah", "membacakan"]],
    ["dengar", ["mendengar", "mendengarkan", "terdengar", "pendengaran"]],
    ["ajar", ["belajar", "mengajar", "pelajar", "diajarkan", "pelajaran"]],
    ["kerja", ["bekerja", "pekerja", "mengerjakan", "dikerjakan"]],
    ["lihat", ["melihat", "dilihat", "terlihat", "penglihatan"]],
    ["bersih", ["kebersihan", "membersihkan", "dibersihkan"]],
    ["masak", ["masakan", "memasak", "dimasak", "masakannya"]],
    ["naik", ["kenaikan", "menaikkan", "dinaikkan"]],
    ["baik", ["perbaikan", "memperbaiki", "diperbaiki", "kebaikan"]],
    ["cari", ["mencari", "dicari", "carikan", "pencarian"]],
    ["rumah", ["rumahnya", "rumahku", "serumah", "rumahkah"]],
])("%s is found by its forms, and they by it", (root, forms) => {
    const shares = (form: string) => [...stemsOf(form)].some((stem) => stemsOf(root).has(stem));
    expect(forms.filter((form) => !shares(form))).toEqual([]);
});

test.each(["12", "日本", "привет", "b2b"])("%s has no affixes that we know", (word) => {
    expect([...stemsOf(word)]).toEqual([word]);
});

test("different words share no stem", () => {
    const words = [
        "tulis",
        "kirim",
        "pakai",
        "makan",
        "sapu",
        "teman",
        "baca",
        "dengar",
        "rumah",
        "jalan",
        "janji",
        "hari",
    ];
    const stems = words.flatMap((word) => [...stemsOf(word)]);
    expect(new Set(stems).size).toBe(stems.length);
});
