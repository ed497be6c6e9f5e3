/* Which texts are to be thought about once more before they are sent. */

import { expect, test } from "vitest";

import { warningOf } from "../../../src/matrix/sending/warnings.ts";

const FRIEND = { stranger: false, lastHeard: null };
const STRANGER = { stranger: true, lastHeard: null };

test.each([
    "kode OTP saya 482913",
    "Kodenya? ini kode: 482 913",
    "kode verifikasi WhatsApp 482-913",
    "482913 itu kode masuknya ya",
    "My OTP is 4829",
    "the code is 482913, quick",
    "Your verification code: 48291384",
    "482913 adalah kode Amanat kamu.\n@amanat.example #482913",
    "@localhost #123456",
])("a code is given away: %s", (text) => {
    expect(warningOf(text, FRIEND)).toBe("code");
});

test.each([
    "kode pos rumahku 40132",
    "pakai kode promo HEMAT2026 ya, potongan 15000",
    "zip code 90210",
    "kode etik 2025",
    "ketemu jam 14.30 tanggal 05/01/2026",
    "harganya Rp125.000",
    "482913",
    "lahir 1998, kode apa?",
    "kodenya belum datang",
    "code review besok jam 10",
    "rapat 2026",
])("nothing is given away: %s", (text) => {
    expect(warningOf(text, FRIEND)).toBeNull();
});

test.each([
    ["kirim kode yang masuk ke HP kamu dong", "482913", "code"],
    ["Please send me the OTP", "482 913", "code"],
    ["kode pos kamu berapa?", "40132", null],
    ["berapa harganya?", "482913", null],
])("after “%s”, the answer “%s” gives %s", (lastHeard, text, warning) => {
    expect(warningOf(text, { stranger: false, lastHeard })).toBe(warning);
});

test.each([
    "hubungi 0812-3456-7890",
    "nomorku +62 812 3456 7890",
    "WA 081234567890 ya",
    "call me on +44 20 7946 0958",
    "telepon kantor 021 7654 3210",
])("a number goes to a stranger only after a thought: %s", (text) => {
    expect(warningOf(text, STRANGER)).toBe("number");
    expect(warningOf(text, FRIEND)).toBeNull();
});

test.each(["nomor rumah 12", "total 1.250.000", "3 x 4 = 12", "2026-01-05", "pesanan 10023 sudah dikirim"])(
    "not a phone number: %s",
    (text) => {
        expect(warningOf(text, STRANGER)).toBeNull();
    },
);
