/* One chat in the list: its name, what was said there last, and what waits to be read. */

import { BellOff, EllipsisVertical, Pin } from "lucide-react";
import { memo, useEffect } from "react";

import { IconButton } from "../../design/button.tsx";
import { Badge } from "../../design/states.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { when } from "../../i18n/dates.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { ChatListState } from "../../viewmodels/chat_list.ts";
import { Face } from "../face.tsx";
import { ChatMark } from "../label/label_mark.tsx";
import css from "./chat_list.module.css";

type Summary = ChatListState["chats"][number];

/** Without `onMenu`, nothing can be set for a chat now. `onSight` is told that the row is on the screen. */
type Given = {
    chat: Summary;
    current: boolean;
    onMenu?: ((chat: Summary) => void) | undefined;
    onSight?: ((chat: Summary) => void) | undefined;
};

/** A change of another chat does not draw this one again. */
export const Row = memo(function Row({ chat, current, onMenu, onSight }: Given) {
    useEffect(() => onSight?.(chat), [chat, onSight]);
    const words = useWords(chatListWords);
    const language = useLanguage();
    const name = chat.stranger ? words.stranger : chat.name || words.nameless;
    const menu = chat.invited ? undefined : onMenu;
    return (
        <div
            className={css.row}
            role="listitem"
            data-current={current}
            onContextMenu={(event) => {
                if (menu === undefined) return;
                event.preventDefault();
                menu(chat);
            }}
        >
            <a
                className={css.link}
                data-room={chat.roomId}
                href={`#/chats/${encodeURIComponent(chat.roomId)}`}
                aria-current={current ? "page" : undefined}
            >
                <Face picture={chat.picture} id={chat.stranger ? "" : chat.roomId} name={chat.stranger ? "?" : name} />
                <span className={css.words}>
                    <span className={css.line}>
                        <span className={css.name}>{name}</span>
                        {!chat.invited && <ChatMark roomId={chat.roomId} />}
                        {chat.at > 0 && <span className={css.soft}>{when(chat.at, language, Date.now())}</span>}
                    </span>
                    <span className={css.line}>
                        <span className={css.soft}>
                            <Said chat={chat} />
                        </span>
                        <Marks chat={chat} />
                    </span>
                </span>
            </a>
            {menu && (
                <span className={css.more}>
                    <IconButton label={words.menu(name)} onClick={() => menu(chat)}>
                        <EllipsisVertical aria-hidden="true" />
                    </IconButton>
                </span>
            )}
        </div>
    );
});

function Said({ chat: { preview, invited, kind } }: { chat: Summary }) {
    const words = useWords(chatListWords);
    if (invited) return kind === "person" ? words.invited : words.invitedToGroup;
    if (preview === null) return "";
    const said = preview.kind === "text" ? preview.text : words[preview.kind];
    if (preview.sender === null) return `${words.you}: ${said}`;
    return kind === "person" || preview.sender === "" ? said : `${preview.sender}: ${said}`;
}

function Marks({ chat: { unread, highlights, isUnread, muted, pin } }: { chat: Summary }) {
    const words = useWords(chatListWords);
    const label = unread > 0 ? words.unread(unread) : words.somethingUnread;
    return (
        <span className={css.marks}>
            {muted && <BellOff aria-label={words.muted} role="img" />}
            {pin !== null && <Pin aria-label={words.pinned} role="img" />}
            {highlights > 0 && (
                <span role="img" aria-label={words.mentioned} className={css.mention}>
                    @
                </span>
            )}
            {isUnread && <Badge count={unread} label={label} quiet={muted} />}
        </span>
    );
}
