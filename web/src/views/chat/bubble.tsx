/* One message: who says it, what, when, and what became of it. */

import { memo, useEffect, useRef } from "react";

import { clock } from "../../i18n/dates.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { Log, LogMessage } from "../../viewmodels/log.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";
import { Face } from "../face.tsx";
import { OfferedProducts } from "../shop/offered_products.tsx";
import { AskingMenu } from "./asking_menu.tsx";
import css from "./bubble.module.css";
import { Branches, Quoted, Reactions } from "./bubble_parts.tsx";
import { Acting } from "./message_acts.tsx";
import { Meta, stateOf } from "./meta.tsx";
import { OfferedCards } from "./offered_cards.tsx";
import { OfferedForm } from "./offered_form.tsx";
import { Said } from "./said.tsx";

export type BubbleProps = {
    log: Log;
    acts: MessageActs;
    message: LogMessage;
    first: boolean;
    last: boolean;
    /** Others speak too: say who it is. */
    group: boolean;
    /** One is here with the keyboard. */
    current: boolean;
    /** One has just been led here. */
    marked: boolean;
    /** Where the message's branch is shown. */
    branchAddress: (eventId: string) => string;
};

/** Bodies with a shape of their own: their time stands below, not beside. */
const SEEN: ReadonlySet<string> = new Set(["image", "video", "sticker"]);

export const Bubble = memo(function Bubble({
    log,
    acts,
    message,
    first,
    last,
    group,
    current,
    marked,
    ...rest
}: BubbleProps) {
    const words = useWords(logWords);
    const language = useLanguage();
    const article = useRef<HTMLElement>(null);
    useEffect(() => {
        if (current && !article.current?.contains(document.activeElement))
            article.current?.focus({ preventScroll: true });
    }, [current]);
    const sender = message.mine ? words.you : message.senderName || words.somebody;
    const state = stateOf(message, { words, group });
    const label = [sender, clock(message.at, language), state].filter(Boolean).join(", ");
    const named = group && !message.mine;
    return (
        <div className={css.line} data-mine={message.mine} data-last={last}>
            {named && (
                <span className={css.face}>
                    {first && (
                        <Face
                            picture={message.senderPicture}
                            id={message.senderId}
                            name={message.senderName || "?"}
                            size={32}
                        />
                    )}
                </span>
            )}
            <div className={css.column}>
                <Acting acts={acts} log={log} message={message} label={label}>
                    <article
                        ref={article}
                        className={css.bubble}
                        data-key={message.key}
                        data-marked={marked}
                        aria-label={label}
                        tabIndex={-1}
                    >
                        {named && first && <p className={css.sender}>{sender}</p>}
                        {message.forwarded > 0 && <Forwarded depth={message.forwarded} />}
                        {message.reply && <Quoted quote={message.reply} onGo={(id) => log.goTo(id)} />}
                        <div className={css.words} data-seen={SEEN.has(message.body.kind)}>
                            <Said log={log} acts={acts} message={message} />
                            <Meta log={log} message={message} group={group} />
                        </div>
                        {message.menu && message.cards === null && (
                            <AskingMenu acts={acts} message={message} menu={message.menu} />
                        )}
                        {message.cards && <OfferedCards acts={acts} message={message} cards={message.cards} />}
                        {message.products && (
                            <OfferedProducts acts={acts} message={message} products={message.products} />
                        )}
                        {message.form && <OfferedForm acts={acts} message={message} offered={message.form} />}
                    </article>
                </Acting>
                {message.reactions.length > 0 && <Reactions acts={acts} message={message} />}
                {message.branch && <Branches branch={message.branch} href={rest.branchAddress(message.id)} />}
            </div>
        </div>
    );
});

/** Above this, something goes around. */
const OFTEN = 5;

function Forwarded({ depth }: { depth: number }) {
    const words = useWords(logWords);
    return <p className={css.forwarded}>{depth >= OFTEN ? words.forwardedOften : words.forwarded}</p>;
}
