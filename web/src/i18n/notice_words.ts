import { words } from "./words.ts";

const HOUR_MS = 60 * 60 * 1000;

function spanId(ms: number): string {
    const hours = Math.round(ms / HOUR_MS);
    return hours < 48 ? `${Math.max(1, hours)} jam` : `${Math.round(hours / 24)} hari`;
}

function spanEn(ms: number): string {
    const hours = Math.round(ms / HOUR_MS);
    if (hours < 48) return hours <= 1 ? "1 hour" : `${hours} hours`;
    return `${Math.round(hours / 24)} days`;
}

/** What happened in a chat. `by` did it, `whom` is who it was done to; at the start of a sentence or inside it. */
export const noticeWords = words({
    id: {
        you: "Kamu",
        youInside: "kamu",
        somebody: "Seseorang",
        somebodyInside: "seseorang",
        made: (by: string) => `${by} memulai obrolan ini`,
        joined: (by: string) => `${by} bergabung`,
        left: (by: string) => `${by} keluar`,
        declined: (by: string) => `${by} menolak undangan`,
        knocked: (by: string) => `${by} minta bergabung`,
        invited: (by: string, whom: string) => `${by} mengundang ${whom}`,
        removed: (by: string, whom: string) => `${by} mengeluarkan ${whom}`,
        banned: (by: string, whom: string) => `${by} memblokir ${whom} dari obrolan ini`,
        unbanned: (by: string, whom: string) => `${by} membuka blokir ${whom}`,
        uninvited: (by: string, whom: string) => `${by} menarik undangan untuk ${whom}`,
        "renamed-self": (by: string, from: string) => `${from} sekarang bernama ${by}`,
        "pictured-self": (by: string) => `${by} mengganti fotonya`,
        named: (by: string, name: string) => `${by} menamai obrolan ini “${name}”`,
        unnamed: (by: string) => `${by} menghapus nama obrolan`,
        pictured: (by: string) => `${by} mengganti foto obrolan`,
        described: (by: string) => `${by} mengganti keterangan obrolan`,
        timed: (by: string, ms: number) => `${by} mengatur pesan agar hilang setelah ${spanId(ms)}`,
        untimed: (by: string) => `${by} mengatur pesan agar tidak hilang lagi`,
    },
    en: {
        you: "You",
        youInside: "you",
        somebody: "Somebody",
        somebodyInside: "somebody",
        made: (by: string) => `${by} started this chat`,
        joined: (by: string) => `${by} joined`,
        left: (by: string) => `${by} left`,
        declined: (by: string) => `${by} declined the invitation`,
        knocked: (by: string) => `${by} asked to join`,
        invited: (by: string, whom: string) => `${by} invited ${whom}`,
        removed: (by: string, whom: string) => `${by} removed ${whom}`,
        banned: (by: string, whom: string) => `${by} blocked ${whom} from this chat`,
        unbanned: (by: string, whom: string) => `${by} unblocked ${whom}`,
        uninvited: (by: string, whom: string) => `${by} withdrew the invitation of ${whom}`,
        "renamed-self": (by: string, from: string) => `${from} is now called ${by}`,
        "pictured-self": (by: string) => `${by} changed their picture`,
        named: (by: string, name: string) => `${by} named this chat “${name}”`,
        unnamed: (by: string) => `${by} removed the chat's name`,
        pictured: (by: string) => `${by} changed the chat's picture`,
        described: (by: string) => `${by} changed the chat's description`,
        timed: (by: string, ms: number) => `${by} set messages to disappear after ${spanEn(ms)}`,
        untimed: (by: string) => `${by} set messages not to disappear any more`,
    },
});
