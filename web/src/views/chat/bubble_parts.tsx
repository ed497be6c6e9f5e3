/* What a message carries beside its words: what it answers, how people reacted, and what branches off it. */

import { MessagesSquare } from "lucide-react";

import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import css from "./bubble.module.css";

type Quote = NonNullable<LogMessage["reply"]>;

/** What a message answers; leads there. */
export function Quoted({ quote, onGo }: { quote: Quote; onGo: (eventId: string) => void }) {
    const words = useWords(logWords);
    const name = quote.senderName || words.somebody;
    return (
        <button type="button" className={css.quote} title={words.goToQuoted(name)} onClick={() => onGo(quote.id)}>
            <strong>{name}</strong>
            <span>{quote.text ?? (quote.senderName === "" ? words.quoteGone : words.quoteOther)}</span>
        </button>
    );
}

/** How people reacted; who, in the tooltip and for screen readers. Touching one joins in, or takes one's own back. */
export function Reactions({ acts, message }: { acts: MessageActs; message: LogMessage }) {
    const words = useWords(logWords);
    return (
        <ul className={css.reactions} aria-label={words.reactions}>
            {message.reactions.map(({ key, names, mineId }) => {
                const label = words.reaction(key, names.map((name) => name || words.somebody).join(", "));
                return (
                    <li key={key}>
                        <button
                            type="button"
                            aria-pressed={mineId !== null}
                            title={label}
                            onClick={() => void acts.react(message, key)}
                        >
                            <span aria-hidden="true">
                                {key} {names.length > 1 && names.length}
                            </span>
                            <span className="visually-hidden">{label}</span>
                        </button>
                    </li>
                );
            })}
        </ul>
    );
}

/** How many answers branch off; leads to them. */
export function Branches({ branch, href }: { branch: NonNullable<LogMessage["branch"]>; href: string }) {
    const words = useWords(logWords);
    return (
        <a className={css.branch} href={href}>
            <MessagesSquare aria-hidden="true" size={16} />
            {words.branches(branch.count)}
        </a>
    );
}
