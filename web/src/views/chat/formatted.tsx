/* A formatted text: what its pieces say, each in an element of ours. */

import { Fragment, type ReactNode, useMemo, useState } from "react";

import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import { type Block, type FormattedText, type Inline, readFormatted } from "../../viewmodels/formatted_text.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import { Address } from "./address.tsx";
import { PieceView } from "./piece.tsx";
import css from "./text.module.css";

/** `otherwise` is shown where it says nothing. */
export function Formatted({
    html,
    mentions,
    prefix,
    otherwise,
}: {
    html: string;
    mentions: LogMessage["mentions"];
    prefix: string;
    otherwise: ReactNode;
}) {
    const blocks: FormattedText = useMemo(() => readFormatted(html, mentions), [html, mentions]);
    if (blocks.length === 0) return otherwise;
    return (
        <div className={css.formatted}>
            {prefix}
            <Blocks blocks={blocks} />
        </div>
    );
}

/** The parts of a text have no other name than their place. */
function Blocks({ blocks }: { blocks: readonly Block[] }) {
    return blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <BlockView key={place} block={block} />
    ));
}

function BlockView({ block }: { block: Block }) {
    switch (block.kind) {
        case "paragraph":
            return (
                <p className={block.heading ? css.heading : undefined}>
                    <Inlines pieces={block.pieces} />
                </p>
            );
        case "quote":
            return (
                <blockquote className={css.quoted}>
                    <Blocks blocks={block.blocks} />
                </blockquote>
            );
        case "list":
            return <List start={block.start} items={block.items} />;
        case "code":
            return (
                <pre className={css.block}>
                    <code>{block.text}</code>
                </pre>
            );
        case "rule":
            return <hr />;
    }
}

function List({ start, items }: { start: number | null; items: readonly (readonly Block[])[] }) {
    const lines = items.map((blocks, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={place}>
            <Blocks blocks={blocks} />
        </li>
    ));
    return start === null ? <ul>{lines}</ul> : <ol start={start}>{lines}</ol>;
}

function Inlines({ pieces }: { pieces: readonly Inline[] }) {
    return pieces.map((piece, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={place}>
            <InlineView piece={piece} />
        </Fragment>
    ));
}

function InlineView({ piece }: { piece: Inline }) {
    switch (piece.kind) {
        case "break":
            return <br />;
        case "styled": {
            const Element = piece.style;
            return (
                <Element>
                    <Inlines pieces={piece.children} />
                </Element>
            );
        }
        case "anchor":
            return (
                <>
                    <Address href={piece.href}>
                        <Inlines pieces={piece.children} />
                    </Address>
                    {piece.host !== null && ` (${piece.host})`}
                </>
            );
        case "spoiler":
            return <Spoiler pieces={piece.children} />;
        default:
            return <PieceView piece={piece} />;
    }
}

/** What somebody wants to be read only by who asks for it. */
function Spoiler({ pieces }: { pieces: readonly Inline[] }) {
    const words = useWords(logWords);
    const [open, setOpen] = useState(false);
    if (open) return <Inlines pieces={pieces} />;
    return (
        <button type="button" className={css.spoiler} onClick={() => setOpen(true)}>
            {words.spoiler}
        </button>
    );
}
