/* Asking a poll: a question, its answers, and how it is counted. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { Switch, TextField } from "../../design/field.tsx";
import { Sheet } from "../../design/sheet.tsx";
import { composerWords } from "../../i18n/composer_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { type Composer, MAX_ANSWERS, MAX_POLL_TEXT } from "../../viewmodels/composer.ts";
import css from "./composer.module.css";

export function PollForm({ composer, onClose }: { composer: Composer; onClose: () => void }) {
    const words = useWords(composerWords);
    const [question, setQuestion] = useState("");
    const [answers, setAnswers] = useState<readonly string[]>(["", ""]);
    const [many, setMany] = useState(false);
    const [secret, setSecret] = useState(false);
    const [wrong, setWrong] = useState(false);
    const ask = async () => {
        if (await composer.ask({ question, answers, many, secret })) onClose();
        else setWrong(true);
    };
    return (
        <Sheet title={words.pollTitle} onClose={onClose}>
            <div className={css.poll}>
                <TextField
                    label={words.question}
                    value={question}
                    maxLength={MAX_POLL_TEXT}
                    error={wrong ? words.pollNeeds : null}
                    onChange={({ currentTarget }) => setQuestion(currentTarget.value)}
                />
                {answers.map((answer, index) => (
                    <TextField
                        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its place
                        key={index}
                        label={words.answer(index + 1)}
                        value={answer}
                        maxLength={MAX_POLL_TEXT}
                        onChange={({ currentTarget }) => setAnswers(answers.with(index, currentTarget.value))}
                    />
                ))}
                {answers.length < MAX_ANSWERS && (
                    <Button onClick={() => setAnswers([...answers, ""])}>{words.addAnswer}</Button>
                )}
                <Switch label={words.many} checked={many} onChange={setMany} />
                <Switch label={words.secret} checked={secret} onChange={setSecret} />
                <Button kind="main" onClick={ask}>
                    {words.ask}
                </Button>
            </div>
        </Sheet>
    );
}
