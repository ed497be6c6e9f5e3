/* The app while its stores are being opened: the list as it was, and the name of the chat that is about to open. */

import { Avatar } from "../design/avatar.tsx";
import { Skeleton } from "../design/states.tsx";
import { appWords } from "../i18n/app_words.ts";
import { chatListWords } from "../i18n/chat_list_words.ts";
import { useWords } from "../i18n/language.tsx";
import type { Waking, WakingState } from "../viewmodels/waking.ts";
import chatCss from "./chat/chat.module.css";
import { HeadFrame } from "./chat/head_frame.tsx";
import listCss from "./chats/chat_list.module.css";
import { Rows } from "./chats/rows.tsx";
import { Frame } from "./frame.tsx";
import { PickChat } from "./pick_chat.tsx";
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
    const { starting } = useWords(appWords);
    if (chat === null) return <PickChat />;
    return (
        <div className={chatCss.main}>
            <HeadFrame face={<Avatar id={chat.roomId} name={chat.name} size={40} />}>
                <h1>{chat.name}</h1>
            </HeadFrame>
            <Skeleton label={starting} />
        </div>
    );
}
