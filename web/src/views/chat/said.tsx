/* What a message says, each kind in its own way. */

import { KeyRound } from "lucide-react";
import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Log, LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { MediaBody } from "../media/media_body.tsx";
import { Ordered } from "../shop/ordered.tsx";
import css from "./bubble.module.css";
import { Poll } from "./poll.tsx";
import { Text } from "./text.tsx";

export function Said({ log, acts, message }: { log: Log; acts: MessageActs; message: LogMessage }) {
    const words = useWords(logWords);
    const { body } = message;
    switch (body.kind) {
        case "text":
            if (message.order !== null) return <Ordered order={message.order} text={body.text} />;
            if (body.text === "") return <em>{words.empty}</em>;
            return <Text text={body.text} formatted={body.formatted} emote={body.emote} mentions={message.mentions} />;
        case "poll":
            return <Poll poll={body.poll} onVote={(answers) => void acts.vote(message, answers)} />;
        case "opening":
            // As high as the line of text that most of them turn out to be: what stands around it stays where it is.
            return (
                <p>
                    <em className={css.soft}>{words.opening}</em>
                </p>
            );
        case "deleted":
            return <em className={css.soft}>{words.deleted}</em>;
        case "unreadable":
            return <Unreadable log={log} eventId={message.id} reason={body.reason} />;
        case "other":
            return <p>{body.fallback || words.other}</p>;
        case "notice":
            return null;
        default:
            return <MediaBody body={body} messageKey={message.key} />;
    }
}

type Reason = Extract<LogMessage["body"], { kind: "unreadable" }>["reason"];

/** Never the last word: it says why, and can be tried again. */
function Unreadable({ log, eventId, reason }: { log: Log; eventId: string; reason: Reason }) {
    const words = useWords(logWords);
    const [state, setState] = useState<"idle" | "busy" | "in vain">("idle");
    const retry = async () => {
        setState("busy");
        if (!(await log.retry(eventId))) setState("in vain");
    };
    return (
        <div className={css.unreadable}>
            <strong>
                <KeyRound size={16} aria-hidden="true" /> {words.unreadable}
            </strong>
            <p>{words[reason]}</p>
            <Button kind="plain" busy={state === "busy"} onClick={() => void retry()}>
                {state === "busy" ? words.retrying : words.retry}
            </Button>
            {state === "in vain" && <p role="status">{words.stillUnreadable}</p>}
        </div>
    );
}
