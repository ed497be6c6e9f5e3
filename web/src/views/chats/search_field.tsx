/* Where one types a name to find a chat. */

import { Search, X } from "lucide-react";

import { IconButton } from "../../design/button.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import css from "./chat_list.module.css";

export function SearchField({ query, onSearch }: { query: string; onSearch: (query: string) => void }) {
    const words = useWords(chatListWords);
    return (
        <div className={css.search} role="search">
            <Search aria-hidden="true" />
            <input
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
