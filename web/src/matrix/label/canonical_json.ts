/* What is signed of an object: the one encoding that everybody comes to. Pure. spec: appendices#canonical-json */

/** Return the encoding; throws `TypeError` of what has none: fractions, large numbers, halves of characters. */
export function canonicalJson(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
    if (typeof value === "object" && value !== null) {
        const members = Object.entries(value).toSorted(([one], [other]) => byCodePoint(one, other));
        return `{${members.map(([key, inside]) => `${canonicalJson(key)}:${canonicalJson(inside)}`).join(",")}}`;
    }
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("This number has no one form.");
    if (typeof value === "string" && /\p{Surrogate}/u.test(value))
        throw new TypeError("This text has half of a character.");
    const encoded: unknown = JSON.stringify(value);
    if (typeof encoded !== "string") throw new TypeError("This has no place in JSON.");
    return encoded;
}

/** Not by UTF-16 units, as texts are compared here: those order emoji before some of what comes before them. */
function byCodePoint(one: string, other: string): number {
    const [ones, others] = [[...one], [...other]];
    for (const [place, character] of ones.entries()) {
        const difference = (character.codePointAt(0) ?? 0) - (others[place]?.codePointAt(0) ?? -1);
        if (difference !== 0) return difference;
    }
    return ones.length - others.length;
}
