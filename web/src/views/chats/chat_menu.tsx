/* What one can set for a chat, from its row. */

import { Info, LogOut, Trash2 } from "lucide-react";
import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Switch } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatChoicesWords } from "../../i18n/chat_choices_words.ts";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList, ChatListState } from "../../viewmodels/chat_list.ts";
import type { LeavingChat } from "../../viewmodels/leaving_chat.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";
import { LeaveSheet } from "./leave_sheet.tsx";
import { settingActs } from "./setting_acts.ts";

type Summary = ChatListState["chats"][number];
type Given = { list: ChatList; chat: Summary; onClose: () => void };

export function ChatMenu({ list, chat, onClose }: Given) {
    const words = useWords(chatListWords);
    const [leaving, setLeaving] = useState<LeavingChat | null>(null);
    if (leaving !== null) return <LeaveSheet leaving={leaving} onClose={onClose} />;
    return (
        <Sheet title={chat.name || words.nameless} onClose={onClose}>
            <div className={css.menu}>
                {settingActs(chat, words).map(({ setting, label, Icon }) => (
                    <Button
                        key={setting}
                        kind="plain"
                        wide
                        onClick={() => {
                            void list.toggle(chat, setting);
                            onClose();
                        }}
                    >
                        <Icon aria-hidden="true" />
                        {label}
                    </Button>
                ))}
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
                <LeaveAct kind={chat.kind} onLeave={() => setLeaving(list.leaving(chat))} />
            </div>
            <InLists list={list} chat={chat} />
        </Sheet>
    );
}

function LeaveAct({ kind, onLeave }: { kind: Summary["kind"]; onLeave: () => void }) {
    const words = useWords(chatChoicesWords);
    const Icon = kind === "group" ? LogOut : Trash2;
    return (
        <Button kind="plain" wide onClick={onLeave}>
            <Icon aria-hidden="true" />
            {kind === "group" ? words.leave : words.delete}
        </Button>
    );
}

function InLists({ list, chat: { roomId } }: Omit<Given, "onClose">) {
    const { lists } = useViewModel(list);
    const words = useWords(chatListWords);
    if (lists.length === 0) return null;
    return (
        <fieldset className={css.choices}>
            <legend>{words.inLists}</legend>
            {lists.map(({ id, name, rooms }) => (
                <Switch
                    key={id}
                    label={name}
                    checked={rooms.includes(roomId)}
                    onChange={(within) => {
                        const others = rooms.filter((each) => each !== roomId);
                        void list.changeList(id, { rooms: within ? [...others, roomId] : others });
                    }}
                />
            ))}
        </fieldset>
    );
}
