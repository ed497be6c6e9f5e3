/* Who can read a chat, in one line; the same words wherever it is said. */

import { words } from "./words.ts";

export const labelWords = words({
    id: {
        alone: "Hanya kamu yang bisa membaca",
        two: (who: string) => `Hanya kamu dan ${who} yang bisa membaca`,
        group: (count: number) => `Hanya ${count} anggota yang bisa membaca`,
        groupService: (count: number, who: string) =>
            `Hanya ${count} anggota yang bisa membaca, termasuk layanan ${who}`,
        selfHosted: (who: string) => `Kamu dan ${who}`,
        hosted: (host: string, who: string) => `Dijalankan ${host} untuk ${who}: ${host} bisa membaca`,
        public: "Publik: siapa pun bisa membaca",
        unencrypted: "Tidak dikunci: anggota dan server bisa membaca",
        looking: "Memeriksa siapa yang bisa membaca…",
        uncheckable: (who: string) => `Aplikasi ${who} tidak bisa diperiksa`,
        uncheckableHeld: (who: string) => `Aplikasi ${who} tidak bisa diperiksa. Pesanmu ditahan.`,
        uncheckableMine: "Aplikasi ini belum punya kunci jati diri",
        changed: (who: string) => `Kunci ${who} berubah. Pesanmu ditahan.`,
        unsigned: "Pesanmu ditahan: ada perangkat yang tidak dikenal",
        unsignedMine: "Ada perangkatmu yang tidak dikenal. Perangkat itu tidak menerima pesanmu.",
        leftOut: (who: string) => `Tanpa perangkat ${who} yang tidak dikenal`,
        unnamed: (who: string) => `Ada perangkat ${who} yang tidak disebut siapa menjalankannya`,
        statementOver: (who: string) => `${who} tidak lagi menyebut siapa yang bisa membaca`,
        statementUnfit: (who: string) => `${who} tidak menyebut dengan benar siapa yang bisa membaca`,
        statementUncheckable: (who: string) => `Siapa yang menjalankan ${who} tidak bisa diperiksa di sini`,
        heldBack: (line: string) => `${line}. Pesanmu ditahan.`,
        details: "Lihat siapa yang bisa membaca",
    },
    en: {
        alone: "Only you can read this",
        two: (who) => `Only you and ${who} can read this`,
        group: (count) => `Only the ${count} members can read this`,
        groupService: (count, who) => `Only the ${count} members can read this, the service ${who} among them`,
        selfHosted: (who) => `You and ${who}`,
        hosted: (host, who) => `Run by ${host} for ${who}: ${host} can read this`,
        public: "Public: anybody can read this",
        unencrypted: "Not locked: members and the server can read this",
        looking: "Looking at who can read this…",
        uncheckable: (who) => `${who}'s app cannot be checked`,
        uncheckableHeld: (who) => `${who}'s app cannot be checked. Your messages are held back.`,
        uncheckableMine: "This app has no identity of yours yet",
        changed: (who) => `${who}'s keys have changed. Your messages are held back.`,
        unsigned: "Your messages are held back: there is an unknown device",
        unsignedMine: "You have an unknown device. It gets none of your messages.",
        leftOut: (who) => `Without ${who}'s unknown device`,
        unnamed: (who) => `${who} does not say who runs one of its devices`,
        statementOver: (who) => `${who} no longer says who can read this`,
        statementUnfit: (who) => `${who} does not say rightly who can read this`,
        statementUncheckable: (who) => `Who runs ${who} cannot be checked here`,
        heldBack: (line) => `${line}. Your messages are held back.`,
        details: "See who can read this",
    },
});

type Table = (typeof labelWords)["id"];

/** What a line is made of; the label of a chat has all of it. */
type Said = {
    kind: string;
    who: string;
    me: boolean;
    host: string;
    count: number;
    held: boolean;
    reasons: readonly { kind: string; fault?: string }[];
};

const LINES: Readonly<Record<string, (words: Table, label: Said) => string>> = {
    alone: (words) => words.alone,
    two: (words, { who }) => words.two(who),
    group: (words, { count }) => words.group(count),
    "self-hosted": (words, { who }) => words.selfHosted(who),
    "group-service": (words, { count, who }) => words.groupService(count, who),
    hosted: (words, { host, who }) => words.hosted(host, who),
    public: (words) => words.public,
    unencrypted: (words) => words.unencrypted,
    looking: (words) => words.looking,
    uncheckable: (words, { who, me, held, reasons }) => {
        if (reasons[0]?.kind === "uncheckable-statement")
            return heldOrNot(words, held, words.statementUncheckable(who));
        if (me) return words.uncheckableMine;
        return held ? words.uncheckableHeld(who) : words.uncheckable(who);
    },
    "left-out": (words, { who }) => words.leftOut(who),
    broken: (words, { who, me, held, reasons }) => {
        const { kind, fault = "" } = reasons[0] ?? { kind: "" };
        if (kind === "changed-identity") return words.changed(who);
        if (kind === "unnamed-device") return heldOrNot(words, held, words.unnamed(who));
        if (kind === "unfit-statement") return heldOrNot(words, held, statementLine(words, who, fault));
        return me ? words.unsignedMine : words.unsigned;
    },
};

function statementLine(words: Table, who: string, fault: string): string {
    return GONE.includes(fault) ? words.statementOver(who) : words.statementUnfit(who);
}

/** There was a statement that fitted. */
const GONE = ["expired", "taken-back"];

function heldOrNot(words: Table, held: boolean, line: string): string {
    return held ? words.heldBack(line) : line;
}

/** Return the line of a label. */
export function labelLine(table: Table, label: Said): string {
    return LINES[label.kind]?.(table, label) ?? table.looking;
}
