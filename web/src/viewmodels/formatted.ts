/* A formatted text of another app in pieces: what it says and how, and nothing that could act. What is not known here is
 * read as the words in it. Pure. spec: client-server-api#mroommessage-msgtypes */

import type { HtmlNode } from "../platform/html.ts";
import { type Piece, piecesOf, safeLink } from "./text_pieces.ts";

export type Style = "strong" | "em" | "del" | "u" | "sub" | "sup" | "code";

export type Inline =
    | Piece
    | { kind: "break" }
    | { kind: "styled"; style: Style; children: readonly Inline[] }
    /** `host` is where it leads, unless its words say so. */
    | { kind: "anchor"; href: string; host: string | null; children: readonly Inline[] }
    | { kind: "spoiler"; children: readonly Inline[] };

export type Block =
    | { kind: "paragraph"; heading: boolean; pieces: readonly Inline[] }
    | { kind: "quote"; blocks: readonly Block[] }
    /** `start` is the number of the first; null where they have none. */
    | { kind: "list"; start: number | null; items: readonly (readonly Block[])[] }
    | { kind: "code"; text: string }
    | { kind: "rule" };

type Element = Exclude<HtmlNode, string>;
type Mention = { userId: string; name: string; me: boolean };
type Reading = { mentions: readonly Mention[]; depth: number };

const STYLES: ReadonlyMap<string, Style> = new Map([
    ["b", "strong"],
    ["strong", "strong"],
    ["th", "strong"],
    ["i", "em"],
    ["em", "em"],
    ["del", "del"],
    ["s", "del"],
    ["strike", "del"],
    ["u", "u"],
    ["sub", "sub"],
    ["sup", "sup"],
    ["code", "code"],
]);
const HEADINGS: ReadonlySet<string> = new Set(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "caption"]);
/** What stands on lines of its own. */
const PARAGRAPHS: ReadonlySet<string> = new Set(["p", "div", "tr", "details", "table", "thead", "tbody", "li"]);
/** What is in them is no text, or what an answer repeats of what it answers. */
const SILENT: ReadonlySet<string> = new Set(
    "script style template title head noscript iframe object embed svg math mx-reply".split(" "),
);
/** Lists in lists in quotes; deeper is somebody's joke. */
const DEEPEST = 20;
const MATRIX_TO = /^https:\/\/matrix\.to\/#\/((?:@|%40)[^/?]+)/;

/** Return what a text says; nothing where it says nothing. */
export function formattedBlocks(nodes: readonly HtmlNode[], mentions: readonly Mention[]): readonly Block[] {
    return blocksOf(nodes, { mentions, depth: 0 });
}

function blocksOf(nodes: readonly HtmlNode[], reading: Reading): Block[] {
    const blocks: Block[] = [];
    let open: Inline[] = [];
    const close = () => {
        const pieces = trimmed(open);
        if (pieces.length > 0) blocks.push({ kind: "paragraph", heading: false, pieces });
        open = [];
    };
    for (const node of nodes) {
        const found = typeof node === "string" ? null : blockOf(node, reading);
        if (found === null) {
            open.push(...inlinesOf([node], reading));
            continue;
        }
        close();
        blocks.push(...found);
    }
    close();
    return blocks;
}

/** Null for what stands in a line. */
function blockOf(element: Element, reading: Reading): Block[] | null {
    const { name, children } = element;
    const within = { ...reading, depth: reading.depth + 1 };
    if (within.depth > DEEPEST) return null;
    if (PARAGRAPHS.has(name)) return blocksOf(children, within);
    if (HEADINGS.has(name)) {
        return [{ kind: "paragraph", heading: true, pieces: trimmed(inlinesOf(children, within)) }];
    }
    switch (name) {
        case "blockquote":
            return [{ kind: "quote", blocks: blocksOf(children, within) }];
        case "ul":
        case "ol":
            return [listOf(element, within)];
        case "pre":
            return [{ kind: "code", text: wordsOf(children).replace(/\n$/, "") }];
        case "hr":
            return [{ kind: "rule" }];
        default:
            return null;
    }
}

function listOf({ name, attributes, children }: Element, reading: Reading): Block {
    const items = children.filter((child) => typeof child !== "string" && !SILENT.has(child.name));
    const start = Number(attributes.start ?? 1);
    return {
        kind: "list",
        start: name === "ul" ? null : Number.isSafeInteger(start) ? start : 1,
        items: items.map((item) => blocksOf([item], reading)),
    };
}

function inlinesOf(nodes: readonly HtmlNode[], reading: Reading): Inline[] {
    return nodes.flatMap((node) =>
        typeof node === "string" ? piecesOf(node.replace(/\s+/g, " "), reading.mentions) : inlineOf(node, reading),
    );
}

function inlineOf(element: Element, reading: Reading): Inline[] {
    const { name, attributes, children } = element;
    const within = { ...reading, depth: reading.depth + 1 };
    if (within.depth > DEEPEST) return [{ kind: "text", text: wordsOf([element]) }];
    if (SILENT.has(name)) return [];
    const style = STYLES.get(name);
    if (style !== undefined) return [{ kind: "styled", style, children: inlinesOf(children, within) }, ...after(name)];
    switch (name) {
        case "br":
            return [{ kind: "break" }];
        case "img":
            return attributes.alt ? [{ kind: "text", text: attributes.alt }] : [];
        case "a":
            return [anchorOf(element, within)].flat();
        case "span": {
            const inside = inlinesOf(children, within);
            return "data-mx-spoiler" in attributes ? [{ kind: "spoiler", children: inside }] : inside;
        }
        default:
            return [...inlinesOf(children, within), ...after(name)];
    }
}

/** Cells of one row are kept apart, and so are paragraphs that stand in a line. */
function after(name: string): Inline[] {
    if (name === "td" || name === "th") return [{ kind: "text", text: " " }];
    return PARAGRAPHS.has(name) ? [{ kind: "break" }] : [];
}

function anchorOf({ attributes, children }: Element, reading: Reading): Inline | Inline[] {
    const words = wordsOf(children).trim();
    const href = safeLink(attributes.href ?? "");
    const userId = decoded(MATRIX_TO.exec(href ?? "")?.[1]);
    if (userId !== null) {
        const me = reading.mentions.some((mention) => mention.me && mention.userId === userId);
        return { kind: "mention", text: words || userId, me };
    }
    if (href === null) return inlinesOf(children, reading);
    // A link in a link leads where the outer one says.
    return { kind: "anchor", href, host: hostBehind(words, href), children: [{ kind: "text", text: words || href }] };
}

/** Where a link leads, where its words are not just that. */
function hostBehind(words: string, href: string): string | null {
    const { host, protocol, pathname } = new URL(href);
    if (protocol === "mailto:") return words === pathname ? null : pathname;
    const said = safeLink(/^https?:\/\//i.test(words) ? words : `https://${words}`);
    return said !== null && new URL(said).host === host ? null : host;
}

function decoded(part: string | undefined): string | null {
    try {
        return part === undefined ? null : decodeURIComponent(part);
    } catch {
        return null;
    }
}

function wordsOf(nodes: readonly HtmlNode[]): string {
    return nodes
        .map((node) => {
            if (typeof node === "string") return node;
            if (SILENT.has(node.name)) return "";
            return node.name === "br" ? "\n" : (node.attributes.alt ?? wordsOf(node.children));
        })
        .join("");
}

/** Neither begin nor end with nothing; nor does a line in it begin with the space that stood behind a break. */
function trimmed(pieces: readonly Inline[]): Inline[] {
    const isEmpty = (piece: Inline) => piece.kind === "break" || (piece.kind === "text" && piece.text.trim() === "");
    const first = pieces.findIndex((piece) => !isEmpty(piece));
    if (first < 0) return [];
    const kept = pieces.slice(first, pieces.findLastIndex((piece) => !isEmpty(piece)) + 1);
    return kept.map((piece, place) =>
        piece.kind === "text" && kept[place - 1]?.kind === "break" ? { ...piece, text: piece.text.trimStart() } : piece,
    );
}
