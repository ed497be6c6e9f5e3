/* What of a message can be searched for: its words, folded, with their stems and beginnings. Pure. */

import { stemsOf } from "./stem.ts";

const LONGEST_WORD = 40;
const MOST_WORDS = 500;
/** Beginnings of these lengths are terms; a longer one is looked for by its first five letters and then read. */
const BEGINNINGS = [3, 5] as const;

/** Return the words of a text: lower case, without marks. */
export function wordsOf(text: string): string[] {
    const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const found = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
    return found.slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD));
}

/** Return everything by which a message is found. */
export function termsOf({ text, roomId, senderId }: { text: string; roomId: string; senderId: string }): Set<string> {
    const terms = new Set([roomTerm(roomId), senderTerm(senderId)]);
    for (const word of new Set(wordsOf(text))) {
        for (const stem of stemsOf(word)) terms.add(`=${stem}`);
        for (const length of BEGINNINGS) if (word.length >= length) terms.add(`^${word.slice(0, length)}`);
    }
    return terms;
}

export const roomTerm = (roomId: string): string => `#${roomId}`;

export const senderTerm = (senderId: string): string => `@${senderId}`;

/** Return the terms of which a message must have one to have a word that is looked for. */
export function alternativesOf(word: string): string[] {
    const length = BEGINNINGS.findLast((each) => each <= word.length);
    const stems = [...stemsOf(word)].map((stem) => `=${stem}`);
    return length === undefined ? stems : [...stems, `^${word.slice(0, length)}`];
}

/** Return what tells whether a word is one that is looked for: they may be forms of one word, or it begins so. */
export function fitting(sought: readonly string[]): (word: string) => boolean[] {
    const wanted = sought.map((each) => ({ each, stems: stemsOf(each) }));
    return (word) => {
        const stems = [...stemsOf(word)];
        return wanted.map((one) => word.startsWith(one.each) || stems.some((stem) => one.stems.has(stem)));
    };
}

/** Return what tells whether a text has all words that are looked for. */
export function havingAll(sought: readonly string[]): (text: string) => boolean {
    const fits = fitting(sought);
    return (text) => {
        const missing = new Set(sought.keys());
        for (const word of wordsOf(text)) {
            for (const [index, fit] of fits(word).entries()) if (fit) missing.delete(index);
            if (missing.size === 0) return true;
        }
        return false;
    };
}
