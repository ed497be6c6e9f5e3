/* Of several questions under way, the answer to the last one counts. */

/** Return what runs a question and hands over its answer, unless another was asked meanwhile. */
export function newest(): <Answer>(
    question: Promise<Answer>,
    take: (answer: Answer) => void,
    fail: (error: unknown) => void,
) => Promise<void> {
    let last = 0;
    return async (question, take, fail) => {
        last += 1;
        const own = last;
        try {
            const answer = await question;
            if (own === last) take(answer);
        } catch (error) {
            if (own === last) fail(error);
        }
    };
}
