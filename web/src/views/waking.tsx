/* The app while its stores are being opened: the list as it was, and the name of the chat that is about to open. */

import { ArrowLeft } from "lucide-react";

import { Avatar } from "../design/avatar.tsx";
import { Empty, Skeleton } from "../design/states.tsx";
import { appWords } from "../i18n/app_words.ts";
import { chatListWords } from "../i18n/chat_list_words.ts";
import { chatWords } from "../i18n/chat_words.ts";
import { homeWords } from "../i18n/home_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { Waking, WakingState } from "../viewmodels/waking.ts";
import chatCss from "./chat/chat.module.css";
import listCss from "./chats/chat_list.module.css";
import { Rows } from "./chats/rows.tsx";
import { Frame } from "./frame.tsx";
import { useViewModel } from "./use_view_model.ts";

export function WakingView({ waking }: { waking: Waking }) {
    const { chats, open } = useViewModel(waking);
    const words = useWords(chatListWords);
    return (
        <Frame tab="chats" open={open !== null} main={<Opening chat={open} />}>
            <div className={listCss.head}>
                <h1>{words.title}</h1>
            </div>
            <Rows chats={chats} open={open?.roomId} />
        </Frame>
    );
}

function Opening({ chat }: { chat: WakingState["open"] }) {
    const words = useWords(homeWords);
    const { starting } = useWords(appWords);
    if (chat === null) {
        return (
            <Empty title={words.pickTitle}>
                <p>{words.pick}</p>
            </Empty>
        );
    }
    return (
        <div className={chatCss.main}>
            <Head chat={chat} />
            <Skeleton label={starting} />
        </div>
    );
}

function Head({ chat: { roomId, name } }: { chat: NonNullable<WakingState["open"]> }) {
    const words = useWords(chatWords);
    return (
        <header className={chatCss.head}>
            <a className={`${chatCss.round} ${chatCss["phone-only"]}`} href="#/chats" aria-label={words.back}>
                <ArrowLeft aria-hidden="true" />
            </a>
            <Avatar id={roomId} name={name} size={40} />
            <div className={chatCss.who}>
                <h1>{name}</h1>
            </div>
        </header>
    );
}
