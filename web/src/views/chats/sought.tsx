/* What was typed above the list, found: chats that are called so, then messages that say so. */

import { useWords } from "../../i18n/language.tsx";
import { searchWords } from "../../i18n/search_words.ts";
import type { ChatListState } from "../../viewmodels/chat_list.ts";
import type { SearchPage } from "../../viewmodels/search.ts";
import { Findings } from "../search/findings.tsx";
import css from "./chat_list.module.css";
import { Rows } from "./rows.tsx";

type Summary = ChatListState["chats"][number];

/** Who means another chat types on. */
const SHOWN = 50;

type Given = {
    chats: readonly Summary[];
    search: SearchPage;
    open: string | undefined;
    onMenu: (chat: Summary) => void;
};

export function Sought({ chats, search, open, onMenu }: Given) {
    const words = useWords(searchWords);
    return (
        <div className={css.sought}>
            {chats.length > 0 && <Rows chats={chats.slice(0, SHOWN)} open={open} onMenu={onMenu} />}
            <div className={css.found}>
                <Findings page={search} />
                <a className={css.wider} href="#/me/search">
                    {words.wider}
                </a>
            </div>
        </div>
    );
}
