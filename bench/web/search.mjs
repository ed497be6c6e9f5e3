/* A page that fills the app's own search index with made-up Indonesian messages and searches in them. */

import { SearchIndex } from "../../web/src/matrix/search/index.ts";
import { SearchStore } from "../../web/src/platform/search_store.ts";

const ROOTS = `tulis kirim pakai makan sapu teman baca dengar rumah jalan janji hari ibu bapak anak sekolah uang bayar kerja
kantor besok kemarin pagi malam minggu bulan tahun hujan panas dingin motor mobil bensin toko beras ikan ayam sayur dokter
sakit obat surat foto video lagu main bola nonton film berita harga mahal murah`.split(/\s+/);
const BEFORE = ["", "", "", "me", "di", "ber", "ter", "ke", "pe"];
const AFTER = ["", "", "", "kan", "an", "nya", "ku", "lah"];
/** Common and rare words, with affixes and without, several words, the beginning of a word, and what is nowhere. */
const SOUGHT = ["tulis", "ditulis", "kirim uang", "rum", "hari", "makan ikan ayam", "sekolah besok pagi", "bacan", "zzzzzz"];
const NAME = "bench";
const BATCH = 250;

/** The same numbers in each run. */
let seed = 7;
const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
};
const below = (count) => Math.floor(random() * count);
/** The first ones are the common ones, as in any language. */
const pick = (words) => words[Math.floor(random() * random() * words.length)];

function rareWord() {
    const letters = (index) => (index % 2 ? "aiueo" : "bcdgjklmnprstw");
    return Array.from({ length: 4 + below(6) }, (_, index) => letters(index)[below(letters(index).length)]).join("");
}

function word() {
    return random() < 0.12 ? rareWord() : pick(BEFORE) + pick(ROOTS) + pick(AFTER);
}

function message(number) {
    const at = 1.7e12 + number * 60_000;
    const text = Array.from({ length: 3 + below(15) }, word).join(" ");
    const id = `$${String(number).padStart(43, "0")}`;
    return { eventId: id, roomId: `!room${number % 300}`, senderId: `@user${number % 97}:x`, at, version: at, text };
}

/** Put so many messages in; return the ms that it took. */
globalThis.fill = async (count) => {
    const index = await SearchIndex.open(await SearchStore.open(NAME));
    const start = performance.now();
    for (let first = 0; first < count; first += BATCH) {
        const size = Math.min(BATCH, count - first);
        await index.put(Array.from({ length: size }, (_, place) => message(first + place)));
    }
    index.close();
    return performance.now() - start;
};

/** Open the index anew, and search for each thing several times; return the ms of each search. */
globalThis.searchAll = async (times) => {
    const index = await SearchIndex.open(await SearchStore.open(NAME));
    const taken = [];
    for (const text of SOUGHT) {
        for (let time = 0; time < times; time++) {
            const start = performance.now();
            await index.search({ text, limit: 50 });
            taken.push(performance.now() - start);
        }
    }
    index.close();
    return taken;
};
