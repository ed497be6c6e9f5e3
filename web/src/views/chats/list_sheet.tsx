/* Making a list of one's own, or changing one. */

import { type FormEvent, useState } from "react";

import { Button } from "../../design/button.tsx";
import { TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList, ChatListState } from "../../viewmodels/chat_list.ts";
import css from "./chat_list.module.css";

type OwnList = ChatListState["lists"][number];

/** `own` is null for a new list. */
export function ListSheet({ list, own, onClose }: { list: ChatList; own: OwnList | null; onClose: () => void }) {
    const words = useWords(chatListWords);
    const [name, setName] = useState(own?.name ?? "");
    const [rooms, setRooms] = useState<ReadonlySet<string>>(new Set(own?.rooms));
    const save = (event: FormEvent) => {
        event.preventDefault();
        if (name.trim() === "") return;
        if (own === null) void list.makeList(name, [...rooms]);
        else void list.changeList(own.id, { name: name.trim(), rooms: [...rooms] });
        onClose();
    };
    const toggle = (roomId: string) => {
        const next = new Set(rooms);
        if (!next.delete(roomId)) next.add(roomId);
        setRooms(next);
    };
    return (
        <Sheet title={own === null ? words.newList : words.editList} onClose={onClose}>
            <form className={css.form} onSubmit={save}>
                <TextField
                    label={words.listName}
                    hint={words.listNameHint}
                    value={name}
                    maxLength={40}
                    onChange={(event) => setName(event.currentTarget.value)}
                />
                <fieldset className={css.choices}>
                    <legend>{words.listChats}</legend>
                    {list.all.map((chat) => (
                        <label key={chat.roomId} className={css.choice}>
                            <input
                                type="checkbox"
                                checked={rooms.has(chat.roomId)}
                                onChange={() => toggle(chat.roomId)}
                            />
                            {chat.name || words.nameless}
                        </label>
                    ))}
                </fieldset>
                <Button kind="main" wide type="submit">
                    {words.save}
                </Button>
                {own && (
                    <Button
                        kind="danger"
                        wide
                        onClick={() => {
                            void list.removeList(own.id);
                            onClose();
                        }}
                    >
                        {words.removeList}
                    </Button>
                )}
            </form>
        </Sheet>
    );
}
