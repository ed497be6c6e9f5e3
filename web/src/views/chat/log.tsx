/* What was said, oldest first; older messages come when one scrolls up to them, and nothing jumps. */

import { useEffect, useLayoutEffect, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";

import { chatWords } from "../../i18n/chat_words.ts";
import { clock } from "../../i18n/dates.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import type { Chat, ChatState } from "../../viewmodels/chat.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat.module.css";

type Message = ChatState["messages"][number];
const NEAR_PX = 200;

export function Log({ chat }: { chat: Chat }) {
    const { messages, whole } = useViewModel(chat);
    const words = useWords(chatWords);
    const rows = useRef<VirtualizerHandle>(null);
    const atEnd = useRef(true);
    const first = useRef<string | undefined>(undefined);
    const before = first.current !== messages[0]?.key;
    useLayoutEffect(() => {
        first.current = messages[0]?.key;
        if (atEnd.current) rows.current?.scrollToIndex(messages.length - 1, { align: "end" });
    }, [messages]);
    useEffect(() => {
        if (messages.length < 20 && !whole) void chat.reachBack();
    }, [chat, messages.length, whole]);
    const look = (offset: number) => {
        const handle = rows.current;
        if (handle === null) return;
        atEnd.current = handle.scrollSize - handle.viewportSize - offset < NEAR_PX;
        if (offset < NEAR_PX) void chat.reachBack();
    };
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keyboard needs to get here
        <div className={css.log} role="log" aria-label={words.messages} tabIndex={0}>
            <Virtualizer ref={rows} shift={before} onScroll={look}>
                {messages.map((message) => (
                    <Line key={message.key} message={message} />
                ))}
            </Virtualizer>
        </div>
    );
}

function Line({ message }: { message: Message }) {
    const words = useWords(chatWords);
    const language = useLanguage();
    const progress = message.progress && words[message.progress === "failed" ? "failedToSend" : message.progress];
    return (
        <div className={css.line} data-mine={message.mine}>
            <article className={css.bubble} aria-label={`${message.senderName}, ${clock(message.at, language)}`}>
                <Said message={message} />
                <span className={css.meta}>
                    {message.edited && <span>{words.edited}</span>}
                    <time dateTime={new Date(message.at).toISOString()}>{clock(message.at, language)}</time>
                    {progress && <span>{progress}</span>}
                </span>
            </article>
        </div>
    );
}

function Said({ message: { body } }: { message: Message }) {
    const words = useWords(chatWords);
    switch (body.kind) {
        case "text":
            return <p>{body.text}</p>;
        case "deleted":
            return <em>{words.deleted}</em>;
        case "unreadable":
            return <em>{words.waitingForKey}</em>;
        case "other":
            return <p>{body.fallback || words.other}</p>;
        default:
            return null;
    }
}
