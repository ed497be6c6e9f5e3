/* Why a message rests, in words. */

import type { messageActsWords } from "../../i18n/message_acts_words.ts";
import type { MessageActs } from "../../viewmodels/message_acts.ts";

type Problem = NonNullable<ReturnType<MessageActs["problem"]>>;
type Table = (typeof messageActsWords)["id"];

const HELD = {
    "changed-identity": "heldIdentity",
    "unknown-device": "heldDevice",
    "unfit-statement": "heldStatement",
    "uncheckable-app": "heldApp",
    "new-service": "heldService",
} as const;

export function problemText(problem: Problem | null, words: Table): string {
    switch (problem?.kind) {
        case "held":
            return words[HELD[problem.heldFor.reason]];
        case "too-big":
            return words.tooBig;
        case "unsure":
            return words.unsure;
        case "refused":
            return refusalText(problem, words);
        default:
            return words.broken;
    }
}

function refusalText({ why, sentence }: Extract<Problem, { kind: "refused" }>, words: Table): string {
    switch (why) {
        case "not-in-chat":
            return words.notInChat;
        case "may-not-write":
            return words.mayNotWrite;
        case "not-encrypted":
            return words.notEncrypted;
        case "gone":
            return words.gone;
        case "suspended":
            return words.suspended;
        case "other":
            return words.refused(sentence);
    }
}
