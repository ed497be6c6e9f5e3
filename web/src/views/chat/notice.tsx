/* What happened in a chat, in one small line. */

import { useWords } from "../../i18n/language.tsx";
import { noticeWords } from "../../i18n/notice_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import css from "./log.module.css";

type NoticeBody = Extract<LogMessage["body"], { kind: "notice" }>["notice"];

export function Notice({ notice }: { notice: NoticeBody }) {
    const words = useWords(noticeWords);
    return <p className={css.small}>{sentence(notice, words)}</p>;
}

function sentence(notice: NoticeBody, words: (typeof noticeWords)["id"]): string {
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
