/* What two versions of a text have in common, by lines; and what two people changed, brought together. Pure. */

/** Lines that stay, go, or come. */
export type Piece = { kind: "same" | "gone" | "new"; lines: readonly string[] };

/** Lines `from` up to `to` of the text before become `lines`. */
type Hunk = { from: number; to: number; lines: readonly string[] };

/** Of larger texts the middle is taken as changed as a whole: a table of all pairs would not fit. */
const MOST_PAIRS = 4_000_000;

/** Return the pieces of which a change consists, in order. */
export function pieces(before: string, after: string): Piece[] {
    const old = before.split("\n");
    const found: Piece[] = [];
    const add = (kind: Piece["kind"], lines: readonly string[]) => lines.length > 0 && found.push({ kind, lines });
    let at = 0;
    for (const { from, to, lines } of hunks(old, after.split("\n"))) {
        add("same", old.slice(at, from));
        add("gone", old.slice(from, to));
        add("new", lines);
        at = to;
    }
    add("same", old.slice(at));
    return found;
}

/** Bring together what we and others made of one text. Where both changed the same lines, ours stand: `overlaps`. */
export function merged(base: string, ours: string, theirs: string): { text: string; overlaps: boolean } {
    const lines = base.split("\n");
    const own = hunks(lines, ours.split("\n"));
    const others = hunks(lines, theirs.split("\n")).filter((hunk) => !own.some((each) => isSame(each, hunk)));
    const apart = others.filter((hunk) => !own.some((each) => touches(each, hunk)));
    const all = [...own, ...apart].toSorted((one, other) => one.from - other.from || one.to - other.to);
    const result: string[] = [];
    let at = 0;
    for (const hunk of all) {
        result.push(...lines.slice(at, hunk.from), ...hunk.lines);
        at = hunk.to;
    }
    result.push(...lines.slice(at));
    return { text: result.join("\n"), overlaps: apart.length < others.length };
}

function touches(one: Hunk, other: Hunk): boolean {
    return one.from === other.from || (one.from < other.to && other.from < one.to);
}

function isSame(one: Hunk, other: Hunk): boolean {
    return one.from === other.from && one.to === other.to && one.lines.join("\n") === other.lines.join("\n");
}

function hunks(old: readonly string[], now: readonly string[]): Hunk[] {
    let start = 0;
    while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
    let end = 0;
    const most = Math.min(old.length, now.length) - start;
    while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    const middle = between(old.slice(start, old.length - end), now.slice(start, now.length - end));
    return middle.map(({ from, to, lines }) => ({ from: from + start, to: to + start, lines }));
}

function between(old: readonly string[], now: readonly string[]): Hunk[] {
    if (old.length === 0 && now.length === 0) return [];
    if (old.length * now.length > MOST_PAIRS) return [{ from: 0, to: old.length, lines: now }];
    const common = longestCommon(old, now);
    const found: Hunk[] = [];
    let [from, here] = [0, 0];
    for (const [oldAt, nowAt] of [...common, [old.length, now.length] as const]) {
        if (oldAt > from || nowAt > here) found.push({ from, to: oldAt, lines: now.slice(here, nowAt) });
        [from, here] = [oldAt + 1, nowAt + 1];
    }
    return found;
}

/** Return the places of the longest row of lines that both have. */
function longestCommon(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
    const width = now.length + 1;
    const lengths = new Uint32Array((old.length + 1) * width);
    const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
    for (let row = old.length - 1; row >= 0; row--) {
        for (let column = now.length - 1; column >= 0; column--) {
            const best =
                old[row] === now[column]
                    ? at(row + 1, column + 1) + 1
                    : Math.max(at(row + 1, column), at(row, column + 1));
            lengths[row * width + column] = best;
        }
    }
    const common: (readonly [number, number])[] = [];
    for (let [row, column] = [0, 0]; row < old.length && column < now.length; ) {
        if (old[row] === now[column]) common.push([row++, column++]);
        else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
        else column += 1;
    }
    return common;
}
