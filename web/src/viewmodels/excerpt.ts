/* A short piece of a text around what was looked for, in pieces that are marked or not. Pure. */

import { fitting, wordsOf } from "../matrix/search/terms.ts";

export type Piece = { text: string; marked: boolean };

const BEFORE = 60;
const LENGTH = 240;

/** Return the part of a text where the first word that was looked for stands. */
export function excerptOf(text: string, sought: string): readonly Piece[] {
    const fits = fitting(wordsOf(sought));
    const marked = (piece: string) => wordsOf(piece).some((word) => fits(word).includes(true));
    const pieces = text.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu) ?? [];
    const found = pieces.map((piece) => ({ text: piece, marked: marked(piece) }));
    const first = found.findIndex((piece) => piece.marked);
    let start = Math.max(0, first);
    for (let before = 0; start > 0 && before < BEFORE; start--) before += found[start - 1]?.text.length ?? 0;
    const shown: Piece[] = start === 0 ? [] : [{ text: "…", marked: false }];
    let length = 0;
    for (const piece of found.slice(start)) {
        if (length + piece.text.length > LENGTH) return [...shown, { text: "…", marked: false }];
        length += piece.text.length;
        shown.push(piece);
    }
    return shown;
}
