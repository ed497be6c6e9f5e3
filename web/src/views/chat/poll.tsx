/* A poll and how it stands. Choosing is an act that is given to it. */

import { useWords } from "../../i18n/language.tsx";
import { logWords } from "../../i18n/log_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import css from "./poll.module.css";

type PollBody = Extract<LogMessage["body"], { kind: "poll" }>["poll"];

export function Poll({
    poll,
    onVote,
}: {
    poll: PollBody;
    onVote?: ((answers: readonly string[]) => void) | undefined;
}) {
    const words = useWords(logWords);
    const shown = areResultsShown(poll);
    return (
        <fieldset className={css.poll}>
            <legend>{poll.question}</legend>
            {poll.answers.map((answer) =>
                onVote === undefined || poll.ended ? (
                    <div key={answer.id} className={css.answer}>
                        <Answer poll={poll} answer={answer} />
                    </div>
                ) : (
                    <label key={answer.id} className={css.answer}>
                        <input
                            type={poll.choices > 1 ? "checkbox" : "radio"}
                            checked={answer.mine}
                            onChange={() => onVote(chosen(poll, answer.id))}
                        />
                        <Answer poll={poll} answer={answer} />
                    </label>
                ),
            )}
            <p className={css.state}>
                {poll.ended ? words.pollEnded : shown ? words.voters(poll.voters) : words.pollSecret}
            </p>
        </fieldset>
    );
}

function areResultsShown({ ended, secret }: PollBody): boolean {
    return ended || !secret;
}

function Answer({ poll, answer }: { poll: PollBody; answer: PollBody["answers"][number] }) {
    const words = useWords(logWords);
    return (
        <span className={css.words}>
            <span>
                {answer.text}
                {answer.mine && ` (${words.yourVote})`}
            </span>
            {areResultsShown(poll) && (
                <>
                    <span className={css.count}>{words.votes(answer.votes)}</span>
                    <progress max={Math.max(1, poll.voters)} value={answer.votes} aria-label={answer.text} />
                </>
            )}
        </span>
    );
}

/** What is chosen after one answer was touched. */
function chosen(poll: PollBody, id: string): string[] {
    const before = poll.answers.filter(({ mine }) => mine).map((answer) => answer.id);
    if (poll.choices === 1) return [id];
    return before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-poll.choices);
}
