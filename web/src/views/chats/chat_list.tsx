/* The list of chats: pinned ones first, then the newest; its filters, its archive, and what strangers ask. */

import { ArrowLeft, SquarePen } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList, ChatListState } from "../../viewmodels/chat_list.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";
import { ChatMenu } from "./chat_menu.tsx";
import { Filters } from "./filters.tsx";
import { NewChatSheet } from "./new_chat.tsx";
import { Rows } from "./rows.tsx";
import { SearchField } from "./search_field.tsx";
import { Sections } from "./sections.tsx";

type Summary = ChatListState["chats"][number];

export function ChatListView({ list, open }: { list: ChatList; open: string | undefined }) {
    const state = useViewModel(list);
    const { section, chats, query, loading, failed } = state;
    const words = useWords(chatListWords);
    const general = useWords(designWords);
    const [menuOf, setMenuOf] = useState<Summary | null>(null);
    return (
        <>
            <Head list={list} state={state} />
            {section === "main" && <SearchField query={query} onSearch={(typed) => list.search(typed)} />}
            {section === "main" && query === "" && <Filters list={list} />}
            {failed && (
                <Banner kind="danger" act={<Button onClick={() => list.forgive()}>{words.understood}</Button>}>
                    {words.failed}
                </Banner>
            )}
            {section === "main" && query === "" && <Sections state={state} />}
            {loading && <Skeleton label={general.loading} />}
            {!loading && chats.length === 0 && <Nothing state={state} all={list.all.length} />}
            <Rows chats={chats} open={open} onMenu={setMenuOf} />
            {menuOf && <ChatMenu list={list} chat={menuOf} onClose={() => setMenuOf(null)} />}
        </>
    );
}

function Head({ list, state: { section } }: { list: ChatList; state: ChatListState }) {
    const words = useWords(chatListWords);
    const general = useWords(designWords);
    const [starting, setStarting] = useState(false);
    if (section !== "main") {
        return (
            <div className={css.head}>
                <a className={css.back} href="#/chats" aria-label={general.back}>
                    <ArrowLeft aria-hidden="true" />
                </a>
                <h1>{section === "archived" ? words.archive : words.requests}</h1>
            </div>
        );
    }
    return (
        <div className={css.head}>
            <h1>{words.title}</h1>
            <IconButton label={words.start} onClick={() => setStarting(true)}>
                <SquarePen aria-hidden="true" />
            </IconButton>
            {starting && <NewChatSheet newChat={list.newChat} onClose={() => setStarting(false)} />}
        </div>
    );
}

function Nothing({ state: { section, query }, all }: { state: ChatListState; all: number }) {
    const words = useWords(chatListWords);
    if (section === "archived") return <Empty title={words.nothingTitle}>{words.nothingArchived}</Empty>;
    if (section === "requests") return <Empty title={words.nothingTitle}>{words.nothingRequested}</Empty>;
    if (query !== "") return <Empty title={words.nothingTitle}>{words.nothingFound}</Empty>;
    if (all > 0) return <Empty title={words.nothingTitle}>{words.nothingFiltered}</Empty>;
    return <Empty title={words.emptyTitle}>{words.empty}</Empty>;
}
