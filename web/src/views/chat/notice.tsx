/* What happened in a chat, in one small line. */

import { useWords } from "../../i18n/language.tsx";
import { noticeWords } from "../../i18n/notice_words.ts";
import { serviceWords } from "../../i18n/service_words.ts";
import type { Told } from "../../viewmodels/notice_runs.ts";
import css from "./log.module.css";

type Words = (typeof noticeWords)["id"];
type Crowd = Extract<Told, { kind: "crowd" }>;

/** So many are called by name. */
const NAMED = 2;

export function Notice({ told }: { told: Told }) {
    const words = useWords(noticeWords);
    const service = useWords(serviceWords);
    if (told.kind === "rerun") return <p className={css.small}>{rerun(told, service, words.somebody)}</p>;
    return <p className={css.small}>{sentence(told, words)}</p>;
}

function rerun({ by, hosts }: Extract<Told, { kind: "rerun" }>, words: (typeof serviceWords)["id"], somebody: string) {
    const who = by.name || somebody;
    return hosts.length === 0 ? words.runsItself(who) : words.rerun(who, hosts.join(words.and));
}

function sentence(notice: Exclude<Told, { kind: "rerun" }>, words: Words): string {
    if (notice.kind === "begun") return words.begun;
    if (notice.kind === "crowd") return crowdSentence(notice, words);
    const by = notice.by.me ? words.you : notice.by.name || words.somebody;
    switch (notice.kind) {
        case "invited":
        case "removed":
        case "banned":
        case "unbanned":
        case "uninvited": {
            const whom = notice.whom.me ? words.youInside : notice.whom.name || words.somebodyInside;
            return words[notice.kind](by, whom);
        }
        case "renamed-self":
            return words["renamed-self"](notice.by.name || by, notice.from);
        case "named":
            return notice.name === null ? words.unnamed(by) : words.named(by, notice.name);
        case "timed":
            return notice.maxAgeMs === null ? words.untimed(by) : words.timed(by, notice.maxAgeMs);
        default:
            return words[notice.kind](by);
    }
}

function crowdSentence({ what, by, who }: Crowd, words: Words): string {
    const byItself = what === "joined" || what === "left";
    const names = who.map(({ name, me }) => (me ? words.youInside : name || words.somebodyInside));
    const several = who.length > NAMED ? words.people(who.length) : names.join(words.and);
    const all = byItself ? several.charAt(0).toLocaleUpperCase() + several.slice(1) : several;
    return byItself ? words[what](all) : words[what](by.me ? words.you : by.name || words.somebody, all);
}
