/* One file of the folder, and what is wrong with it. */

import { useMemo, useRef } from "react";

import { Button } from "../../design/button.tsx";
import { CodeArea, type CodeAreaHandle } from "../../design/code_area.tsx";
import { deskTextWords } from "../../i18n/desk_text_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { useViewModel } from "../../views/use_view_model.ts";
import type { Problem } from "../viewmodels/preview_talk.ts";
import type { Texts } from "../viewmodels/texts.ts";
import css from "./texts.module.css";

/** How texts are named: a heading each. */
const HEADING = /^## +(.+)$/;

export function Editor({ texts }: { texts: Texts }) {
    const { flow, open, edits, outdated } = useViewModel(texts);
    const { problems } = useViewModel(texts.preview);
    const code = useRef<CodeAreaHandle>(null);
    const words = useWords(deskTextWords);
    const file = flow?.files.find(({ name }) => name === open);
    const marked = useMemo(
        () => new Set(problems.filter((each) => each.file === open).map(({ line }) => line)),
        [problems, open],
    );
    if (!flow || !file) return null;
    const text = texts.textOf(file.name);
    const goTo = ({ file, line }: Problem) => {
        texts.open(file);
        // The file has to be on the screen before one can go to a line of it.
        requestAnimationFrame(() => code.current?.goTo(line));
    };
    return (
        <section className={css.editor} aria-label={words.editor(file.name)}>
            <div className={css.tools}>
                <label>
                    <span className="visually-hidden">{words.file}</span>
                    <select value={file.name} onChange={(event) => texts.open(event.currentTarget.value)}>
                        {flow.files.map(({ name, editable }) => (
                            <option key={name} value={name}>
                                {name}
                                {name in edits.files && ` · ${words.changed}`}
                                {!editable && ` · ${words.fixed}`}
                            </option>
                        ))}
                    </select>
                </label>
                <Headings text={text} goTo={(line) => code.current?.goTo(line)} />
                {file.name in edits.files && (
                    <Button kind="plain" onClick={() => texts.discard(file.name)}>
                        {words.discard}
                    </Button>
                )}
            </div>
            <div className={css.code}>
                <CodeArea
                    key={file.name}
                    handle={code}
                    label={words.editor(file.name)}
                    text={text}
                    readOnly={!file.editable || outdated}
                    marked={marked}
                    describedBy="flow-problems"
                    onChange={(text) => texts.write(file.name, text)}
                />
            </div>
            <Problems problems={problems} goTo={goTo} />
        </section>
    );
}

function Headings({ text, goTo }: { text: string; goTo: (line: number) => void }) {
    const words = useWords(deskTextWords);
    const headings = useMemo(
        () =>
            text.split("\n").flatMap((line, place) => {
                const name = HEADING.exec(line)?.[1];
                return name === undefined ? [] : [{ name, line: place + 1 }];
            }),
        [text],
    );
    if (headings.length === 0) return null;
    return (
        <label>
            <span className="visually-hidden">{words.heading}</span>
            <select value="" onChange={(event) => goTo(Number(event.currentTarget.value))}>
                <option value="" disabled hidden>
                    {words.heading} …
                </option>
                {headings.map(({ name, line }) => (
                    <option key={line} value={line}>
                        {name}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Problems({ problems, goTo }: { problems: readonly Problem[]; goTo: (problem: Problem) => void }) {
    const words = useWords(deskTextWords);
    return (
        <div id="flow-problems" className={css.problems} role="status" data-any={problems.length > 0}>
            {problems.length === 0 ? (
                words.fine
            ) : (
                <>
                    <strong>{words.problems}</strong>
                    <ul>
                        {problems.map((problem) => (
                            <li key={`${problem.file} ${problem.line} ${problem.message}`}>
                                <button type="button" onClick={() => goTo(problem)}>
                                    {words.problemAt(problem.file, problem.line)}
                                </button>{" "}
                                {problem.message}
                            </li>
                        ))}
                    </ul>
                </>
            )}
        </div>
    );
}
