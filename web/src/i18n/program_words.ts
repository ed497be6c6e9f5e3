import { words } from "./words.ts";

/** Of the programs that reach a chat with a bot. */
export const programWords = words({
    id: {
        title: (who: string) => `Program yang masuk lewat ${who}`,
        read: "membaca",
        write: "menulis",
        manage: "mengatur bot",
        nothing: "tidak boleh apa-apa",
        since: (day: string) => `sejak ${day}`,
        until: (day: string) => `sampai ${day}`,
        untilRevoked: "sampai dicabut",
        ended: (day: string) => `berakhir ${day}`,
        used: (day: string) => `terakhir dipakai ${day}`,
        neverUsed: "belum pernah dipakai",
        none: "Saat ini tidak ada program yang bisa masuk.",
        sentTo: (host: string) => `Pesanmu diteruskan ke ${host}`,
        word: (who: string) => `Begitu kata yang menjalankan ${who}. Aplikasi ini tidak bisa memeriksanya.`,
    },
    en: {
        title: (who) => `Programs that come in through ${who}`,
        read: "reads",
        write: "writes",
        manage: "manages the bot",
        nothing: "may do nothing",
        since: (day) => `since ${day}`,
        until: (day) => `until ${day}`,
        untilRevoked: "until it is revoked",
        ended: (day) => `ended ${day}`,
        used: (day) => `last used ${day}`,
        neverUsed: "never used",
        none: "No program can come in at the moment.",
        sentTo: (host) => `What you say is sent on to ${host}`,
        word: (who) => `So says whoever runs ${who}. This app cannot check it.`,
    },
});
