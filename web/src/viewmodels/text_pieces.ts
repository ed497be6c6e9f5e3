/* A text in pieces: what is only read, what leads somewhere, and whom it speaks to. Pure. */

export type Piece =
    | { kind: "text"; text: string }
    | { kind: "link"; text: string; href: string }
    | { kind: "mention"; text: string; me: boolean };

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** What ends a sentence is not part of an address in it. */
const TAIL = /[.,;:!?'’"*_~)\]}]+$/u;
const SAFE: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);
/** Emoji with their skin, sex and family; flags. */
const EMOJI =
    /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u20E3|\u200D\p{Extended_Pictographic})*|\p{Regional_Indicator}{2}|\s)+$/u;
const FEW_EMOJI = 6;

/** Cut a text into pieces. Who is mentioned stands in it with an @ before the name, or with the name alone. */
export function piecesOf(text: string, mentions: readonly { name: string; me: boolean }[]): Piece[] {
    return linksIn(text).flatMap((piece) => (piece.kind === "text" ? mentionsIn(piece.text, mentions) : [piece]));
}

/** Say whether a text is a few emoji and nothing else. */
export function isFewEmoji(text: string): boolean {
    if (text.length > 80 || !EMOJI.test(text)) return false;
    const parts = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)];
    return parts.filter(({ segment }) => segment.trim() !== "").length <= FEW_EMOJI;
}

/** Return an address that may be opened; null for one that may not. */
export function safeLink(address: string): string | null {
    try {
        const { protocol, href } = new URL(address);
        return SAFE.has(protocol) ? href : null;
    } catch {
        return null;
    }
}

function linksIn(text: string): Piece[] {
    const pieces: Piece[] = [];
    let done = 0;
    for (const found of text.matchAll(ADDRESS)) {
        const shown = withoutTail(found[0]);
        const href = safeLink(hrefOf(shown));
        if (href === null) continue;
        if (found.index > done) pieces.push({ kind: "text", text: text.slice(done, found.index) });
        pieces.push({ kind: "link", text: shown, href });
        done = found.index + shown.length;
    }
    if (done < text.length) pieces.push({ kind: "text", text: text.slice(done) });
    return pieces;
}

function hrefOf(shown: string): string {
    if (/^https?:/iu.test(shown)) return shown;
    return /^www\./iu.test(shown) ? `https://${shown}` : `mailto:${shown}`;
}

function withoutTail(address: string): string {
    const cut = address.replace(TAIL, "");
    // A bracket that was opened in the address belongs to it.
    return address.charAt(cut.length) === ")" && cut.includes("(") && !cut.includes(")") ? `${cut})` : cut;
}

function mentionsIn(text: string, mentions: readonly { name: string; me: boolean }[]): Piece[] {
    let rest: Piece[] = [{ kind: "text", text }];
    for (const { name, me } of mentions) {
        rest = rest.flatMap((piece) => (piece.kind === "text" ? cut(piece.text, { name, me }) : [piece]));
    }
    return rest;
}

function cut(text: string, { name, me }: { name: string; me: boolean }): Piece[] {
    const at = [`@${name}`, name].map((written) => ({ written, index: text.indexOf(written) }));
    const found = at.find(({ index }) => index >= 0);
    if (found === undefined || name === "") return [{ kind: "text", text }];
    const { written, index } = found;
    const pieces: Piece[] = [];
    if (index > 0) pieces.push({ kind: "text", text: text.slice(0, index) });
    pieces.push({ kind: "mention", text: written, me });
    const after = text.slice(index + written.length);
    return after === "" ? pieces : [...pieces, ...cut(after, { name, me })];
}
