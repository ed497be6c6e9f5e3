/* Indonesian words without their affixes, so that `menulis`, `tulisan` and `ditulisnya` are found by `tulis`. Pure.
 *
 * It has no dictionary (the ports of Sastrawi carry 30,000 roots, and nobody keeps one for browsers). Where a dictionary
 * would have to decide, nothing is decided: `masakan` may be `masak-an` or `masa-kan`, so it has both stems; and where a
 * nasal prefix swallows a letter, `memakai` from `pakai` but `memakan` from `makan`, both letters become one sign. A stem
 * is therefore no word: it is only good for being the same as another word's. */

/** What is left of a word has at least so many letters. */
const SHORTEST = 4;
const PARTICLES = /(?:lah|kah|tah|pun)$/;
const POSSESSIVES = /(?:ku|mu|nya)$/;
const SUFFIXES = [/kan$/, /an$/] as const;

/** Each prefix by what follows it; the sign stands for the letter that may have been swallowed. */
const PREFIXES: readonly (readonly [prefix: RegExp, sign: string])[] = [
    [/^(?:me|pe)ny(?=[aeiou])/, "Y"],
    [/^(?:me|pe)ng(?=[aeioughkl])/, ""],
    [/^(?:me|pe)n(?=[aeiou])/, "N"],
    [/^(?:me|pe)n(?=[cdjtzs])/, ""],
    [/^(?:me|pe)m(?=[aeiou])/, "M"],
    [/^(?:me|pe)m(?=[bfpv])/, ""],
    [/^(?:be|pe)l(?=ajar)/, ""],
    [/^(?:ber|ter|per)/, ""],
    [/^(?:be|pe)(?=[^aeiou]er)/, ""],
    [/^(?:me|pe)(?=[lrwyn])/, ""],
    [/^(?:di|ke|se)/, ""],
];

/** Letters that a nasal prefix swallows, as the sign that stands for them behind it. */
const SWALLOWED: readonly (readonly [letter: RegExp, sign: string])[] = [
    [/^(?:ny|s)(?=[aeiou])/, "Y"],
    [/^[nt](?=[aeiou])/, "N"],
    [/^[mp](?=[aeiou])/, "M"],
    [/^k(?=[aeiou])/, ""],
];

/** People say the same words again and again. */
const remembered = new Map<string, ReadonlySet<string>>();
const MOST_REMEMBERED = 20_000;

/** Return what a word in lower case without marks may be a form of. */
export function stemsOf(word: string): ReadonlySet<string> {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const found = lookedUp(word);
    remembered.set(word, found);
    return found;
}

function lookedUp(word: string): ReadonlySet<string> {
    if (!/^[a-z]+$/.test(word)) return new Set([word]);
    const bare = cut(cut(word, PARTICLES), POSSESSIVES);
    const root = withoutPrefixes(bare);
    const stems = [root, ...SUFFIXES.map((suffix) => withoutPrefixes(cut(bare, suffix)))];
    // `-i` ends many roots too: it may be an affix only where there is a prefix.
    if (root !== bare) stems.push(cut(root, /i$/));
    return new Set(stems.map(signed));
}

function withoutPrefixes(word: string): string {
    let left = word;
    // `memperbaiki` has two; more than two is no Indonesian word.
    for (let times = 0; times < 2; times++) {
        const found = PREFIXES.find(([prefix]) => prefix.test(left));
        const shorter = found === undefined ? left : left.replace(...found);
        if (shorter.length < SHORTEST) break;
        left = shorter;
    }
    return left;
}

function signed(root: string): string {
    const found = SWALLOWED.find(([letter]) => letter.test(root));
    return found === undefined ? root : root.replace(...found);
}

function cut(word: string, affix: RegExp): string {
    const left = word.replace(affix, "");
    return left.length >= SHORTEST ? left : word;
}
