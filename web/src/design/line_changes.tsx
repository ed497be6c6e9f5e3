/* What changes in a text, line by line. Of what stays only the neighbourhood is shown. */

import css from "./line_changes.module.css";

export type ChangedLines = { kind: "same" | "gone" | "new"; lines: readonly string[] };

export type LineChangesWords = {
    added: (count: number) => string;
    removed: (count: number) => string;
    skipped: (count: number) => string;
};

/** As many lines that stay are shown beside those that change. */
const AROUND = 2;

export function LineChanges({ pieces, words }: { pieces: readonly ChangedLines[]; words: LineChangesWords }) {
    return (
        <div className={css.changes}>
            {pieces.map((piece, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a piece is nothing but its place
                <Piece key={place} piece={piece} words={words} first={place === 0} last={place === pieces.length - 1} />
            ))}
        </div>
    );
}

function Piece({
    piece: { kind, lines },
    words,
    first,
    last,
}: {
    piece: ChangedLines;
    words: LineChangesWords;
    first: boolean;
    last: boolean;
}) {
    if (kind === "gone") return <del className={css.gone}>{shown(lines, words.removed)}</del>;
    if (kind === "new") return <ins className={css.new}>{shown(lines, words.added)}</ins>;
    const head = first ? [] : lines.slice(0, AROUND);
    const tail = last ? [] : lines.slice(Math.max(head.length, lines.length - AROUND));
    const skipped = lines.length - head.length - tail.length;
    return (
        <>
            {head.length > 0 && <div className={css.same}>{head.join("\n")}</div>}
            {skipped > 0 && <div className={css.skipped}>{words.skipped(skipped)}</div>}
            {tail.length > 0 && <div className={css.same}>{tail.join("\n")}</div>}
        </>
    );
}

function shown(lines: readonly string[], said: (count: number) => string) {
    return (
        <>
            <span className="visually-hidden">{said(lines.length)}: </span>
            {lines.join("\n")}
        </>
    );
}
