/* The list of chats: pinned ones first, then the newest; its filters, its archive, and what strangers ask. */

import { ArrowLeft, Link, SquarePen } from "lucide-react";
import { type Ref, useRef, useState } from "react";

import { Button, IconButton } from "../../design/button.tsx";
import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { chatListWords } from "../../i18n/chat_list_words.ts";
import { designWords } from "../../i18n/design_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatList, ChatListState } from "../../viewmodels/chat_list.ts";
import type { SearchPage } from "../../viewmodels/search.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";
import { ChatMenu } from "./chat_menu.tsx";
import { Filters } from "./filters.tsx";
import { NewChatSheet } from "./new_chat.tsx";
import { Rows } from "./rows.tsx";
import { SearchField } from "./search_field.tsx";
import { Sections } from "./sections.tsx";
import { Sought } from "./sought.tsx";
import { useWanted } from "./use_wanted.ts";

type Summary = ChatListState["chats"][number];

type Given = {
    list: ChatList;
    /** Finds what was said. */
    search: SearchPage;
    open: string | undefined;
};

export function ChatListView({ list, search, open }: Given) {
    const state = useViewModel(list);
    const { section, chats, query, loading, failed } = state;
    const words = useWords(chatListWords);
    const general = useWords(designWords);
    const [menuOf, setMenuOf] = useState<Summary | null>(null);
    const [starting, setStarting] = useState<"person" | "link" | null>(null);
    const head = useRef<HTMLDivElement>(null);
    useWanted({ list, what: "newChat", open }, head, () => setStarting("person"));
    const seeking = section === "main" && query !== "";
    const seek = (typed: string) => {
        list.search(typed);
        search.type(typed);
    };
    return (
        <>
            <Head ref={head} section={section} onStart={() => setStarting("person")} />
            {section === "main" && <SearchField list={list} open={open} query={query} onSearch={seek} />}
            {section === "main" && !seeking && list.all.length > 0 && <Filters list={list} />}
            {failed && (
                <Banner kind="danger" act={<Button onClick={() => list.forgive()}>{words.understood}</Button>}>
                    {words.failed}
                </Banner>
            )}
            {section === "main" && !seeking && <Sections state={state} />}
            {loading && <Skeleton label={general.loading} />}
            {!loading && !seeking && chats.length === 0 && (
                <Nothing state={state} all={list.all.length} onStart={setStarting} />
            )}
            {seeking ? (
                <Sought chats={chats} search={search} open={open} onMenu={setMenuOf} />
            ) : (
                <Rows chats={chats} open={open} onMenu={setMenuOf} onSight={list.inSight} />
            )}
            {starting && <NewChatSheet newChat={list.newChat} first={starting} onClose={() => setStarting(null)} />}
            {menuOf && <ChatMenu list={list} chat={menuOf} onClose={() => setMenuOf(null)} />}
        </>
    );
}

type HeadProps = { ref: Ref<HTMLDivElement>; section: ChatListState["section"]; onStart: () => void };

function Head({ ref, section, onStart }: HeadProps) {
    const words = useWords(chatListWords);
    const general = useWords(designWords);
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
        <div ref={ref} className={css.head}>
            <h1>{words.title}</h1>
            <span className={css.start}>
                <IconButton label={words.start} onClick={onStart}>
                    <SquarePen aria-hidden="true" />
                </IconButton>
            </span>
        </div>
    );
}

type NothingGiven = { state: ChatListState; all: number; onStart: (how: "person" | "link") => void };

function Nothing({ state: { section }, all, onStart }: NothingGiven) {
    const words = useWords(chatListWords);
    if (section === "archived") return <Empty title={words.nothingTitle}>{words.nothingArchived}</Empty>;
    if (section === "requests") return <Empty title={words.nothingTitle}>{words.nothingRequested}</Empty>;
    if (all > 0) return <Empty title={words.nothingTitle}>{words.nothingFiltered}</Empty>;
    return (
        <Empty title={words.emptyTitle}>
            <p>{words.empty}</p>
            <Button kind="main" onClick={() => onStart("person")}>
                <SquarePen aria-hidden="true" />
                {words.startFirst}
            </Button>
            <Button onClick={() => onStart("link")}>
                <Link aria-hidden="true" />
                {words.inviteFriend}
            </Button>
        </Empty>
    );
}
