/* What one can set for a chat, from its row. */

import { Archive, ArchiveRestore, Bell, BellOff, Info, Mail, MailOpen, Pin, PinOff } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "../../design/button.tsx";
import { Switch } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList, ChatListState, ChatSetting } from "../../viewmodels/chat_list.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";

type Summary = ChatListState["chats"][number];

export function ChatMenu({ list, chat, onClose }: { list: ChatList; chat: Summary; onClose: () => void }) {
    const words = useWords(chatListWords);
    const { lists } = useViewModel(list);
    const act = (setting: ChatSetting, label: string, icon: ReactNode) => (
        <Button
            kind="plain"
            wide
            onClick={() => {
                void list.toggle(chat, setting);
                onClose();
            }}
        >
            {icon}
            {label}
        </Button>
    );
    return (
        <Sheet title={chat.name || words.nameless} onClose={onClose}>
            <div className={css.menu}>
                {chat.isUnread
                    ? act("unread", words.markRead, <MailOpen aria-hidden="true" />)
                    : act("unread", words.markUnread, <Mail aria-hidden="true" />)}
                {!chat.archived &&
                    (chat.pin === null
                        ? act("pin", words.pin, <Pin aria-hidden="true" />)
                        : act("pin", words.unpin, <PinOff aria-hidden="true" />))}
                {chat.muted
                    ? act("mute", words.unmute, <Bell aria-hidden="true" />)
                    : act("mute", words.mute, <BellOff aria-hidden="true" />)}
                {chat.archived
                    ? act("archive", words.fromArchive, <ArchiveRestore aria-hidden="true" />)
                    : act("archive", words.toArchive, <Archive aria-hidden="true" />)}
                {chat.kind === "group" && (
                    <a
                        className={css.section}
                        href={`#/chats/${encodeURIComponent(chat.roomId)}/group`}
                        onClick={onClose}
                    >
                        <Info aria-hidden="true" />
                        {words.groupInfo}
                    </a>
                )}
            </div>
            {lists.length > 0 && (
                <fieldset className={css.choices}>
                    <legend>{words.inLists}</legend>
                    {lists.map(({ id, name, rooms }) => (
                        <Switch
                            key={id}
                            label={name}
                            checked={rooms.includes(chat.roomId)}
                            onChange={(within) => {
                                const others = rooms.filter((each) => each !== chat.roomId);
                                void list.changeList(id, { rooms: within ? [...others, chat.roomId] : others });
                            }}
                        />
                    ))}
                </fieldset>
            )}
        </Sheet>
    );
}
