/* When a message was said, and what became of it. */

import { Check, CheckCheck, CircleAlert, Clock, ShieldAlert } from "lucide-react";
import { useState } from "react";

import { clock } from "../../i18n/dates.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Log, LogMessage } from "../../viewmodels/log.ts";
import { rests } from "../../viewmodels/message_acts.ts";
import { StayMark } from "../timer/timer_mark.tsx";
import css from "./bubble.module.css";
import { Readers } from "./readers.tsx";
import { Versions } from "./versions.tsx";

const ICONS = { waiting: Clock, sending: Clock, sent: Check, read: CheckCheck, held: ShieldAlert, failed: CircleAlert };

/** Return what became of one's own message, in words; null of somebody else's. */
export function stateOf(
    message: LogMessage,
    { words, group }: { words: (typeof logWords)["id"]; group: boolean },
): string | null {
    if (message.progress === null) return null;
    return group && message.progress === "read" ? words.readBy(message.readers) : words[message.progress];
}

export function Meta({ log, message, group }: { log: Log; message: LogMessage; group: boolean }) {
    const words = useWords(logWords);
    const language = useLanguage();
    const [asking, setAsking] = useState<"readers" | "versions" | null>(null);
    const { progress } = message;
    const Icon = progress && ICONS[progress];
    const mark = Icon && (
        <>
            <Icon size={16} aria-hidden="true" />
            {group && progress === "read" && <span aria-hidden="true">{message.readers}</span>}
            <span className={rests(progress) ? "" : "visually-hidden"}>{stateOf(message, { words, group })}</span>
        </>
    );
    return (
        <span className={css.meta} data-progress={progress}>
            {message.edited && (
                <button
                    type="button"
                    className={css.small}
                    title={words.editedHint}
                    onClick={() => setAsking("versions")}
                >
                    {words.edited}
                </button>
            )}
            {message.stay && <StayMark stay={message.stay} />}
            <time dateTime={new Date(message.at).toISOString()}>{clock(message.at, language)}</time>
            {group && (progress === "sent" || progress === "read") ? (
                <button type="button" className={css.small} title={words.readers} onClick={() => setAsking("readers")}>
                    {mark}
                </button>
            ) : (
                mark
            )}
            {asking === "readers" && <Readers log={log} eventId={message.id} onClose={() => setAsking(null)} />}
            {asking === "versions" && <Versions log={log} eventId={message.id} onClose={() => setAsking(null)} />}
        </span>
    );
}
