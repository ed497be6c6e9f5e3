/* What changed lately in who can read a chat, the newest first. */

import { day } from "../../i18n/dates.ts";
import { detailsWords } from "../../i18n/details_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { serviceWords } from "../../i18n/service_words.ts";
import type { Change } from "../../viewmodels/chat_details.ts";
import css from "./details.module.css";

type Says = ReturnType<typeof useWords<(typeof detailsWords)["id"]>>;

export function Changes({ changes }: { changes: readonly Change[] }) {
    const words = useWords(detailsWords);
    const service = useWords(serviceWords);
    const language = useLanguage();
    if (changes.length === 0) return <p className={css.soft}>{words.nothingLately}</p>;
    return (
        <ol className={css.changes}>
            {changes.map((change) => (
                <li key={change.key}>
                    {sentence(words, service, change)}
                    <span className={css.soft}>{day(change.at, language, Date.now())}</span>
                </li>
            ))}
        </ol>
    );
}

function sentence(words: Says, service: (typeof serviceWords)["id"], change: Change): string {
    const name = ("name" in change && change.name) || words.nameless;
    const by = ("by" in change && change.by) || words.nameless;
    switch (change.kind) {
        case "joined":
            return words.joined(name);
        case "invited":
            return words.invited(name, by);
        case "asked":
            return words.asked(name);
        case "left":
            return words.left(name);
        case "removed":
            return words.removed(name, by);
        case "new-device":
            return words.newDevice(name, change.device || words.namelessDevice);
        case "keys-accepted":
            return words.keysAccepted(name);
        case "rerun":
            return change.hosts.length === 0
                ? service.runsItself(name)
                : service.rerun(name, change.hosts.join(service.and));
        default:
            return SET[change.kind](words, by);
    }
}

type SetKind = Exclude<
    Change["kind"],
    "joined" | "invited" | "asked" | "left" | "removed" | "new-device" | "keys-accepted" | "rerun"
>;

/** What somebody has set. */
const SET: Readonly<Record<SetKind, (words: Says, by: string) => string>> = {
    encrypted: (words, by) => words.encrypted(by),
    "history-shared": (words, by) => words.historyOpened(by),
    "history-closed": (words, by) => words.historyClosed(by),
    "anybody-joins": (words, by) => words.anybodyJoins(by),
    "invited-join": (words, by) => words.invitedJoin(by),
};
