/* The list of chats, newest first. */

import { SquarePen } from "lucide-react";
import { useState } from "react";
import { Virtualizer } from "virtua";

import { Avatar } from "../../design/avatar.tsx";
import { IconButton } from "../../design/button.tsx";
import { Badge, Empty, Skeleton } from "../../design/states.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { when } from "../../i18n/dates.ts";
import { designWords } from "../../i18n/design_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { ChatList, ChatListState } from "../../viewmodels/chat_list.ts";
import { ChatMark } from "../label/label_mark.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";
import { NewChat } from "./new_chat.tsx";

type Summary = ChatListState["chats"][number];

export function ChatListView({ list, open }: { list: ChatList; open: string | undefined }) {
    const { chats, loading } = useViewModel(list);
    const words = useWords(chatListWords);
    const general = useWords(designWords);
    const [starting, setStarting] = useState(false);
    return (
        <>
            <div className={css.head}>
                <h1>{words.title}</h1>
                <IconButton label={words.start} onClick={() => setStarting(true)}>
                    <SquarePen aria-hidden="true" />
                </IconButton>
            </div>
            {loading && <Skeleton label={general.loading} />}
            {!loading && chats.length === 0 && (
                <Empty title={words.emptyTitle}>
                    <p>{words.empty}</p>
                </Empty>
            )}
            <div className={css.list} role="list" aria-label={words.list}>
                <Virtualizer>
                    {chats.map((chat) => (
                        <Row key={chat.roomId} chat={chat} current={chat.roomId === open} />
                    ))}
                </Virtualizer>
            </div>
            {starting && <NewChat list={list} onClose={() => setStarting(false)} />}
        </>
    );
}

function Row({ chat, current }: { chat: Summary; current: boolean }) {
    const words = useWords(chatListWords);
    const language = useLanguage();
    return (
        <div role="listitem">
            <a
                className={css.row}
                href={`#/chats/${encodeURIComponent(chat.roomId)}`}
                aria-current={current ? "page" : undefined}
            >
                <Avatar id={chat.roomId} name={chat.name} />
                <span className={css.words}>
                    <span className={css.line}>
                        <span className={css.name}>{chat.name}</span>
                        {!chat.invited && <ChatMark roomId={chat.roomId} />}
                        {chat.at > 0 && <span className={css.soft}>{when(chat.at, language, Date.now())}</span>}
                    </span>
                    <span className={css.line}>
                        <span className={css.soft}>{chat.invited ? words.invited : (chat.preview ?? "")}</span>
                        {chat.unread > 0 && <Badge count={chat.unread} label={words.unread(chat.unread)} />}
                    </span>
                </span>
            </a>
        </div>
    );
}
