/* A text as somebody wrote it: links lead out without telling where from, mentions stand out, a few emoji are large. */

import { useState } from "react";

import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import { isFewEmoji, piecesOf } from "../../viewmodels/text_pieces.ts";
import { Formatted } from "./formatted.tsx";
import { PieceView } from "./piece.tsx";
import css from "./text.module.css";

/** Longer texts are shown in part. */
const LONG = 1500;
const MANY_LINES = 24;

type Written = { text: string; mentions: LogMessage["mentions"]; formatted?: string | undefined; emote?: boolean };

export function Text({ text, mentions, formatted, emote = false }: Written) {
    const words = useWords(logWords);
    const [open, setOpen] = useState(false);
    const short = shortOf(text);
    const prefix = emote ? "* " : "";
    const plain = <Plain text={prefix + (open || short === null ? text : `${short}…`)} mentions={mentions} />;
    return (
        <div>
            {formatted !== undefined && (open || short === null) ? (
                <Formatted html={formatted} mentions={mentions} prefix={prefix} otherwise={plain} />
            ) : (
                plain
            )}
            {short !== null && (
                <button type="button" className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
                    {open ? words.less : words.more}
                </button>
            )}
        </div>
    );
}

function Plain({ text, mentions }: { text: string; mentions: LogMessage["mentions"] }) {
    return (
        <p className={`${css.text} ${isFewEmoji(text) ? css.large : ""}`}>
            {piecesOf(text, mentions).map((piece, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
                <PieceView key={index} piece={piece} />
            ))}
        </p>
    );
}

function shortOf(text: string): string | null {
    const lines = text.split("\n", MANY_LINES + 1);
    const cut = (lines.length > MANY_LINES ? lines.slice(0, MANY_LINES).join("\n") : text).slice(0, LONG);
    return cut.length < text.length ? cut : null;
}
