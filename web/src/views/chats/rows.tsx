/* The rows of the list, of which only those on the screen exist. Arrow keys go from one to the next. */

import { type KeyboardEvent, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";

import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatListState } from "../../viewmodels/chat_list.ts";
import css from "./chat_list.module.css";
import { Row } from "./row.tsx";

type Summary = ChatListState["chats"][number];

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

type Given = {
    chats: readonly Summary[];
    open: string | undefined;
    onMenu?: (chat: Summary) => void;
    onSight?: (chat: Summary) => void;
};

export function Rows({ chats, open, onMenu, onSight }: Given) {
    const words = useWords(chatListWords);
    const box = useRef<HTMLDivElement>(null);
    const rows = useRef<VirtualizerHandle>(null);
    const step = (event: KeyboardEvent) => {
        const by = STEPS[event.key];
        const link = event.target instanceof Element && event.target.closest("[data-room]");
        if (by === undefined || !link) return;
        event.preventDefault();
        const to = chats.findIndex(({ roomId }) => roomId === link.getAttribute("data-room")) + by;
        const next = chats[to];
        if (next === undefined) return;
        rows.current?.scrollToIndex(to, { align: "nearest" });
        // The row may come into being with this scroll.
        requestAnimationFrame(() => {
            box.current?.querySelector<HTMLElement>(`[data-room="${CSS.escape(next.roomId)}"]`)?.focus();
        });
    };
    return (
        <div ref={box} className={css.list} role="list" aria-label={words.list} onKeyDown={step}>
            <Virtualizer ref={rows} data={chats}>
                {(chat) => (
                    <Row
                        key={chat.roomId}
                        chat={chat}
                        current={chat.roomId === open}
                        onMenu={onMenu}
                        onSight={onSight}
                    />
                )}
            </Virtualizer>
        </div>
    );
}
