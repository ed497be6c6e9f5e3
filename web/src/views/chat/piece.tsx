/* A piece of a text: words, an address, or somebody's name. */

import type { Piece } from "../../viewmodels/text_pieces.ts";
import css from "./text.module.css";

export function PieceView({ piece }: { piece: Piece }) {
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
