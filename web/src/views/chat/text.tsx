/* A text as somebody wrote it: links lead out without telling where from, mentions stand out, a few emoji are large. */

import { useState } from "react";

import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import { isFewEmoji, type Piece, piecesOf } from "../../viewmodels/text_pieces.ts";
import css from "./text.module.css";

/** Longer texts are shown in part. */
const LONG = 1500;
const MANY_LINES = 24;

export function Text({ text, mentions }: { text: string; mentions: LogMessage["mentions"] }) {
    const words = useWords(logWords);
    const [open, setOpen] = useState(false);
    const short = shortOf(text);
    const shown = open || short === null ? text : `${short}…`;
    return (
        <div>
            <p className={`${css.text} ${isFewEmoji(text) ? css.large : ""}`}>
                {piecesOf(shown, mentions).map((piece, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
                    <PieceView key={index} piece={piece} />
                ))}
            </p>
            {short !== null && (
                <button type="button" className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
                    {open ? words.less : words.more}
                </button>
            )}
        </div>
    );
}

function PieceView({ piece }: { piece: Piece }) {
    switch (piece.kind) {
        case "link":
            return (
                <a href={piece.href} target="_blank" rel="noreferrer noopener" tabIndex={-1}>
                    {piece.text}
                </a>
            );
        case "mention":
            return (
                <strong className={css.mention} data-me={piece.me}>
                    {piece.text}
                </strong>
            );
        case "text":
            return piece.text;
    }
}

function shortOf(text: string): string | null {
    const lines = text.split("\n", MANY_LINES + 1);
    const cut = (lines.length > MANY_LINES ? lines.slice(0, MANY_LINES).join("\n") : text).slice(0, LONG);
    return cut.length < text.length ? cut : null;
}
