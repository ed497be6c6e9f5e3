/* A piece of a text: words, an address, or somebody's name. */

import type { Piece } from "../../viewmodels/text_pieces.ts";
import { Address } from "./address.tsx";
import css from "./text.module.css";

export function PieceView({ piece }: { piece: Piece }) {
    switch (piece.kind) {
        case "link":
            return <Address href={piece.href}>{piece.text}</Address>;
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
