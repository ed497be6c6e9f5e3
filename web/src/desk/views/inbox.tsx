/* The inbox: who waits, who has whom, and the chat that is open. */

import { Banner, Empty, Skeleton } from "../../design/states.tsx";
import { Tabs } from "../../design/tabs.tsx";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { amount } from "../../i18n/numbers.ts";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Me } from "../viewmodels/desk.ts";
import { type Inbox, SHELVES, type Shelf } from "../viewmodels/inbox.ts";
import { ChatRow } from "./chat_row.tsx";
import { ConversationView } from "./conversation.tsx";
import css from "./panes.module.css";
import { useTroubleText } from "./trouble_text.ts";
import { useDeskKeys } from "./use_desk_keys.ts";

const NOBODY = {
    waiting: { title: "noneWaiting", about: "noneWaitingAbout" },
    mine: { title: "noneMine", about: "noneMineAbout" },
    all: { title: "noneAll", about: "noneAllAbout" },
} as const;

export function InboxView({ inbox, me, service }: { inbox: Inbox; me: Me; service: string }) {
    const { show, counts, open } = useViewModel(inbox);
    const words = useWords(deskInboxWords);
    const language = useLanguage();
    useDeskKeys({ next: () => inbox.step(1), previous: () => inbox.step(-1), close: () => inbox.go(null) });
    const nameOf = (shelf: Shelf) => `${words[shelf]} ${amount(counts[shelf], language)}`;
    return (
        <div className={css.panes} data-open={open !== null}>
            <h1 className="visually-hidden">{words.title}</h1>
            <section className={`${css.pane} ${css.list}`} aria-label={words.title}>
                <Tabs
                    label={words.title}
                    names={SHELVES}
                    nameOf={nameOf}
                    shown={show}
                    show={(shelf) => inbox.show(shelf)}
                >
                    <Chats inbox={inbox} me={me} service={service} />
                </Tabs>
            </section>
            <div className={`${css.pane} ${css.main}`}>
                {open === null ? (
                    <Empty title={words.chooseTitle}>
                        <p>{words.chooseAbout}</p>
                    </Empty>
                ) : (
                    <ConversationView key={open.room} conversation={open} me={me} service={service} />
                )}
            </div>
        </div>
    );
}

function Chats({ inbox, me, service }: { inbox: Inbox; me: Me; service: string }) {
    const { show, chats, trouble, open } = useViewModel(inbox);
    const words = useWords(deskInboxWords);
    const troubleText = useTroubleText();
    if (chats === null) {
        return trouble ? <Banner kind="danger">{troubleText(trouble)}</Banner> : <Skeleton label={words.loading} />;
    }
    if (chats.length === 0) {
        return (
            <Empty title={words[NOBODY[show].title]}>
                <p>{words[NOBODY[show].about]}</p>
            </Empty>
        );
    }
    return (
        <ul>
            {chats.map((chat) => (
                <li key={chat.room_id}>
                    <ChatRow chat={chat} me={me} service={service} open={chat.room_id === open?.room} />
                </li>
            ))}
        </ul>
    );
}
