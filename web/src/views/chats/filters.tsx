/* The filters above the list, and one's own lists beside them. */

import { Pencil, Plus } from "lucide-react";
import { useState } from "react";

import { IconButton } from "../../design/button.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList } from "../../viewmodels/chat_list.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";
import { ListSheet } from "./list_sheet.tsx";

const WORDS = { all: "all", unread: "unreadOnly", groups: "groups", services: "services" } as const;

export function Filters({ list }: { list: ChatList }) {
    const { filter, lists } = useViewModel(list);
    const words = useWords(chatListWords);
    const [editing, setEditing] = useState<"new" | "this" | null>(null);
    const own = lists.find(({ id }) => id === filter);
    return (
        <div className={css.filters} role="group" aria-label={words.filters}>
            {Object.entries(WORDS).map(([id, word]) => (
                <Chip key={id} label={words[word]} pressed={filter === id} onPress={() => list.choose(id)} />
            ))}
            {lists.map(({ id, name }) => (
                <Chip key={id} label={name} pressed={filter === id} onPress={() => list.choose(id)} />
            ))}
            {own && (
                <IconButton label={words.editList} onClick={() => setEditing("this")}>
                    <Pencil aria-hidden="true" />
                </IconButton>
            )}
            <IconButton label={words.newList} onClick={() => setEditing("new")}>
                <Plus aria-hidden="true" />
            </IconButton>
            {editing && (
                <ListSheet
                    list={list}
                    own={editing === "this" ? (own ?? null) : null}
                    onClose={() => setEditing(null)}
                />
            )}
        </div>
    );
}

function Chip({ label, pressed, onPress }: { label: string; pressed: boolean; onPress: () => void }) {
    return (
        <button type="button" className={css.chip} aria-pressed={pressed} onClick={onPress}>
            <span>{label}</span>
        </button>
    );
}
