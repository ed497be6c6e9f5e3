/* To whom a chat is given: a colleague, or whoever comes next. */

import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Conversation } from "../viewmodels/conversation.ts";
import type { Me } from "../viewmodels/desk.ts";
import type { Chat } from "../viewmodels/inbox.ts";
import css from "./conversation.module.css";

const ANYBODY = "";

export function GiveSelect({ conversation, chat, me }: { conversation: Conversation; chat: Chat; me: Me }) {
    const { colleagues, busy } = useViewModel(conversation);
    const words = useWords(deskInboxWords);
    const others = colleagues.filter(({ user_id }) => user_id !== chat.assignee && user_id !== me.user_id);
    if (others.length === 0 && chat.assignee === null) return null;
    const give = (userId: string) => void conversation.assign(userId === ANYBODY ? null : userId);
    return (
        <select
            className={css.give}
            aria-label={words.give}
            value="choose"
            disabled={busy}
            onChange={(event) => give(event.currentTarget.value)}
        >
            <option value="choose" disabled hidden>
                {words.giveTo}
            </option>
            {others.map(({ user_id, name }) => (
                <option key={user_id} value={user_id}>
                    {name}
                </option>
            ))}
            {chat.assignee !== null && <option value={ANYBODY}>{words.release}</option>}
        </select>
    );
}
