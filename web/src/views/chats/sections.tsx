/* The ways from the list to what is kept out of it: invitations from strangers, locked chats, and the archive. */

import { Archive, LockKeyhole, ShieldQuestionMark } from "lucide-react";

import { Badge } from "../../design/states.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatListState } from "../../viewmodels/chat_list.ts";
import css from "./chat_list.module.css";

export function Sections({ state: { requests, archived, locked } }: { state: ChatListState }) {
    const words = useWords(chatListWords);
    return (
        <>
            {requests > 0 && (
                <a className={css.section} href="#/chats/requests">
                    <ShieldQuestionMark aria-hidden="true" />
                    <span>{words.requests}</span>
                    <Badge count={requests} label={String(requests)} />
                </a>
            )}
            {locked && (
                <a className={css.section} href="#/me/lock">
                    <LockKeyhole aria-hidden="true" />
                    <span>{words.locked}</span>
                </a>
            )}
            {archived > 0 && (
                <a className={css.section} href="#/chats/archived">
                    <Archive aria-hidden="true" />
                    <span>{words.archive}</span>
                    <span className={css.soft}>{archived}</span>
                </a>
            )}
        </>
    );
}
