/* A chat in the list: who, what they said last, and who has them or since when they wait. */

import { Avatar } from "../../design/avatar.tsx";
import { Badge } from "../../design/states.tsx";
import { when } from "../../i18n/dates.ts";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { Me } from "../viewmodels/desk.ts";
import type { Chat, LineKind } from "../viewmodels/inbox.ts";
import { useFlowWords } from "./flow_words.ts";
import css from "./panes.module.css";

export function ChatRow({ chat, me, service, open }: { chat: Chat; me: Me; service: string; open: boolean }) {
    const words = useWords(deskInboxWords);
    const language = useLanguage();
    const { nameOf } = useFlowWords();
    const { last, unread } = chat;
    const now = Date.now();
    return (
        <a
            className={css.row}
            href={`#/${encodeURIComponent(service)}/inbox/${encodeURIComponent(chat.room_id)}`}
            aria-current={open}
        >
            <Avatar id={chat.person} name={chat.person_name} size={36} />
            <span className={css.words}>
                <span className={css.line}>
                    <span className={css.name}>{chat.person_name}</span>
                    {last && <span className={css.soft}>{when(last.ts, language, now)}</span>}
                </span>
                <span className={css.line}>
                    <span>{last === null ? nameOf(chat.desk) : last.text || kindName(last.kind, words)}</span>
                    {unread > 0 && <Badge count={unread} label={words.unread(unread)} />}
                </span>
                <span className={`${css.line} ${css.soft}`}>
                    <span>{holderOf(chat, me, words, when(chat.since_ts, language, now))}</span>
                    <span>{nameOf(chat.desk)}</span>
                </span>
            </span>
        </a>
    );
}

/** Say who has a chat, or since when it waits. */
export function holderOf(chat: Chat, me: Me, words: (typeof deskInboxWords)["id"], since: string): string {
    if (chat.state === "back") return words.withBotShort;
    if (chat.assignee === null) return words.waitsSince(since);
    return chat.assignee === me.user_id ? words.takenByMe : words.takenBy(chat.assignee_name ?? chat.assignee);
}

/** Say what something without words is. */
function kindName(kind: LineKind, words: (typeof deskInboxWords)["id"]): string {
    const said = (words as Readonly<Record<string, unknown>>)[kind];
    return typeof said === "string" ? said : kind;
}
