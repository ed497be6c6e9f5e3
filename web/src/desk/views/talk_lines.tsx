/* What was said and what happened since the chat came to the staff, the newest at the bottom. */

import { Check, Clock, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";

import { Button } from "../../design/button.tsx";
import { HappenedLine, SpokenLine } from "../../design/spoken_line.tsx";
import { clock, day } from "../../i18n/dates.ts";
import { deskInboxWords } from "../../i18n/desk_inbox_words.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Conversation, Line, Talk } from "../viewmodels/conversation.ts";
import css from "./conversation.module.css";
import { useFlowWords } from "./flow_words.ts";
import { LineFileView } from "./line_file.tsx";

type InboxWords = (typeof deskInboxWords)["id"];

/** Whoever reads further up is not moved by what comes. */
const NEAR_PX = 80;

export function TalkLines({ conversation, talk }: { conversation: Conversation; talk: Talk }) {
    const { busy } = useViewModel(conversation);
    const { pending } = useViewModel(conversation.reply);
    const { pending: files } = useViewModel(conversation.sending);
    const words = useWords(deskInboxWords);
    const scroller = useNewest(talk.lines.at(-1)?.position, pending.length + files.length);
    useSeen(conversation, talk);
    const known = new Set(talk.lines.map(({ position }) => position));
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard scrolls it
        <div ref={scroller} className={css.lines} role="log" aria-label={words.lines} tabIndex={0}>
            {talk.more ? (
                <Button kind="plain" busy={busy} onClick={() => void conversation.older()}>
                    {words.older}
                </Button>
            ) : (
                <HappenedLine>{words.begin}</HappenedLine>
            )}
            {talk.lines.map((line, place) => (
                <LineView key={line.position} conversation={conversation} line={line} before={talk.lines[place - 1]} />
            ))}
            {pending
                .filter(({ position }) => position === null || !known.has(position))
                .map(({ txn_id, text, state }) => (
                    <SpokenLine
                        key={txn_id}
                        mine
                        by={null}
                        failed={state === "failed"}
                        below={<Progress state={state} words={words} />}
                    >
                        {text}
                    </SpokenLine>
                ))}
            {files.map(({ txn_id, name, state }) => (
                <SpokenLine
                    key={txn_id}
                    mine
                    by={null}
                    failed={state === "failed"}
                    below={<Progress state={state} words={words} />}
                >
                    {name}
                </SpokenLine>
            ))}
            {[...pending, ...files].some(({ state }) => state === "failed") && (
                <span className={css.again}>
                    <Button
                        kind="danger"
                        onClick={() => {
                            void conversation.reply.retry();
                            void conversation.sending.retry();
                        }}
                    >
                        {words.retry}
                    </Button>
                    {files.some(({ state }) => state === "failed") && (
                        <Button onClick={() => conversation.sending.drop()}>{words.dropFile}</Button>
                    )}
                </span>
            )}
        </div>
    );
}

function LineView({
    conversation,
    line,
    before,
}: {
    conversation: Conversation;
    line: Line;
    before: Line | undefined;
}) {
    const words = useWords(deskInboxWords);
    const { nameOf } = useFlowWords();
    const language = useLanguage();
    const date = day(line.ts, language, Date.now());
    const newDay = before === undefined || day(before.ts, language, Date.now()) !== date;
    const time = clock(line.ts, language);
    const mine = line.from === "staff";
    return (
        <>
            {newDay && <HappenedLine>{date}</HappenedLine>}
            {line.from === "event" ? (
                <HappenedLine>
                    {happening(line, { words, nameOf })} · {time}
                </HappenedLine>
            ) : (
                <SpokenLine
                    mine={mine}
                    by={
                        before?.by === line.by && before.from === line.from && !newDay
                            ? null
                            : (line.by_name ?? line.by)
                    }
                    failed={line.state === "failed"}
                    below={<Progress state={line.state} words={words} time={time} />}
                >
                    {line.file ? (
                        <>
                            <LineFileView conversation={conversation} line={line} file={line.file} />
                            {line.text}
                        </>
                    ) : (
                        contentOf(line, words)
                    )}
                </SpokenLine>
            )}
        </>
    );
}

function Progress({
    state,
    words,
    time,
}: {
    state: "sending" | "sent" | "failed" | null;
    words: InboxWords;
    time?: string;
}) {
    const marks = { sending: Clock, sent: Check, failed: TriangleAlert };
    const Mark = state === null ? null : marks[state];
    return (
        <>
            {time}
            {Mark !== null && state !== null && (
                <>
                    <Mark aria-hidden="true" />
                    <span className={state === "failed" ? undefined : "visually-hidden"}>{words[state]}</span>
                </>
            )}
        </>
    );
}

function contentOf({ kind, text }: Line, words: InboxWords): ReactNode {
    switch (kind) {
        case "text":
        case "handed_over":
        case "assigned":
        case "given_back":
            return text;
        default:
            return (
                <>
                    <em>{words.notHere(words[kind])}</em>
                    {text !== "" && `\n${text}`}
                </>
            );
    }
}

function happening(
    { kind, by_name, text }: Line,
    { words, nameOf }: { words: InboxWords; nameOf: (name: string) => string },
): string {
    const by = by_name ?? words.somebody;
    switch (kind) {
        case "handed_over":
            return words.handed_over(nameOf(text));
        case "given_back":
            return words.given_back(by);
        case "assigned":
            return text === "" ? words.released(by) : words.assigned(by, text);
        default:
            return text;
    }
}

/** Keep the newest in sight, unless somebody reads further up; what one sends oneself is always in sight. */
function useNewest(newest: number | undefined, pending: number) {
    const scroller = useRef<HTMLDivElement>(null);
    const near = useRef(true);
    useEffect(() => {
        const box = scroller.current;
        const look = () => {
            if (box) near.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
        };
        box?.addEventListener("scroll", look, { passive: true });
        return () => box?.removeEventListener("scroll", look);
    }, []);
    // biome-ignore lint/correctness/useExhaustiveDependencies: it is what comes that moves
    useLayoutEffect(() => {
        if (near.current || pending > 0) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    }, [newest, pending]);
    return scroller;
}

/** What is in a window that is in sight has been seen. */
function useSeen(conversation: Conversation, talk: Talk): void {
    // biome-ignore lint/correctness/useExhaustiveDependencies: each newer line is to be seen
    useEffect(() => {
        const look = () => {
            if (!document.hidden) void conversation.seen();
        };
        look();
        document.addEventListener("visibilitychange", look);
        return () => document.removeEventListener("visibilitychange", look);
    }, [conversation, talk.lines]);
}
