/* One chat: who it is with, what was said, and where one writes. */

import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";

import { Avatar } from "../../design/avatar.tsx";
import { Button } from "../../design/button.tsx";
import { Empty } from "../../design/states.tsx";
import { chatWords } from "../../i18n/chat_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Chat } from "../../viewmodels/chat.ts";
import { HeldNotice } from "../label/held_notice.tsx";
import { ChatLabel } from "../label/label_line.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat.module.css";
import { Composer } from "./composer.tsx";
import { Log } from "./log.tsx";

export function ChatView({ chat }: { chat: Chat }) {
    const { name, invited, messages } = useViewModel(chat);
    const words = useWords(chatWords);
    useEffect(() => {
        if (messages.length > 0 && document.hasFocus()) void chat.markRead();
    }, [chat, messages]);
    return (
        <>
            <header className={css.head}>
                <a className={css["phone-only"]} href="#/chats" aria-label={words.back}>
                    <ArrowLeft aria-hidden="true" />
                </a>
                <Avatar id={chat.roomId} name={name} size={40} />
                <div className={css.who}>
                    <h1>{name}</h1>
                    {!invited && <ChatLabel roomId={chat.roomId} />}
                </div>
            </header>
            {invited ? (
                <Empty title={words.invitedTitle}>
                    <Button kind="main" onClick={() => chat.join()}>
                        {words.join}
                    </Button>
                    <Button onClick={() => chat.decline()}>{words.decline}</Button>
                </Empty>
            ) : (
                <>
                    <Log chat={chat} />
                    <HeldNotice roomId={chat.roomId} />
                    <Composer chat={chat} />
                </>
            )}
        </>
    );
}
