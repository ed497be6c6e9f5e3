/* Where one types a name to find a chat. */

import { Search, X } from "lucide-react";
import { useRef } from "react";

import { IconButton } from "../../design/button.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList } from "../../viewmodels/chat_list.ts";
import css from "./chat_list.module.css";
import { useWanted } from "./use_wanted.ts";

type Given = { list: ChatList; open: string | undefined; query: string; onSearch: (query: string) => void };

export function SearchField({ list, open, query, onSearch }: Given) {
    const words = useWords(chatListWords);
    const field = useRef<HTMLInputElement>(null);
    useWanted({ list, what: "search", open }, field, () => field.current?.focus());
    return (
        <div className={css.search} role="search">
            <Search aria-hidden="true" />
            <input
                ref={field}
                type="text"
                inputMode="search"
                autoComplete="off"
                aria-label={words.search}
                placeholder={words.search}
                value={query}
                onChange={(event) => onSearch(event.currentTarget.value)}
                onKeyDown={(event) => event.key === "Escape" && onSearch("")}
            />
            {query !== "" && (
                <IconButton label={words.clear} onClick={() => onSearch("")}>
                    <X aria-hidden="true" />
                </IconButton>
            )}
        </div>
    );
}
