/* Asking, answering and ending a poll, in the shapes that other Matrix apps know. Pure. */

import { M_POLL_KIND_DISCLOSED, M_POLL_KIND_UNDISCLOSED } from "matrix-js-sdk/lib/@types/polls";
import { PollEndEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollEndEvent";
import { PollResponseEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent";
import { PollStartEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollStartEvent";

import type { Draft } from "./sending.ts";

/** What is asked. `many`: one may choose several answers; `secret`: nobody sees the results before the end. */
export type NewPoll = { question: string; answers: readonly string[]; many: boolean; secret: boolean };

export const MAX_ANSWERS = 20;
/** Of a question or an answer, in characters. */
export const MAX_POLL_TEXT = 340;

/** Return a poll without its empty and doubled answers. */
export function tidied({ question, answers, ...rest }: NewPoll): NewPoll {
    const told = answers.map((answer) => answer.trim()).filter((answer) => answer !== "");
    return { ...rest, question: question.trim(), answers: [...new Set(told)] };
}

/** Say whether a tidied poll asks something. */
export function makesSense({ question, answers }: NewPoll): boolean {
    return question !== "" && answers.length >= 2 && answers.length <= MAX_ANSWERS;
}

export function pollDraft({ question, answers, many, secret }: NewPoll): Draft {
    const kind = secret ? M_POLL_KIND_UNDISCLOSED : M_POLL_KIND_DISCLOSED;
    return draftOf(PollStartEvent.from(question, [...answers], kind, many ? answers.length : 1));
}

/** Answer a poll; the last answer of a person counts, and none at all takes it back. */
export function voteDraft(pollId: string, answerIds: readonly string[]): Draft {
    return { ...draftOf(PollResponseEvent.from([...answerIds], pollId)), light: true };
}

/** End a poll; `text` is for apps that know no polls. */
export function endDraft(pollId: string, text: string): Draft {
    return draftOf(PollEndEvent.from(pollId, text));
}

function draftOf(event: PollStartEvent | PollResponseEvent | PollEndEvent): Draft {
    const { type, content } = event.serialize();
    return { type, content };
}
