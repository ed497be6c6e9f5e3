/* A service that one is about to write to: who runs it, before it hears of anything. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import type { Approached, ApproachProblem } from "../../viewmodels/approach.ts";
import { beginningOf, inLanguage, type LinkText } from "../../viewmodels/link_text.ts";
import { LabelLine } from "../label/label_line.tsx";
import css from "./chat_list.module.css";
import { LinkSays } from "./link_says.tsx";

type Given = {
    service: Approached;
    /** What the link wants to have said that one came by. */
    said?: LinkText | null;
    /** There is a chat with it. */
    known?: boolean;
    goOn: () => Promise<ApproachProblem | null>;
    turnAway: () => void;
};

export function ApproachedView({ service, said: linked = null, known = false, goOn, turnAway }: Given) {
    const { name, label, says } = service;
    const said = linked ?? beginningOf(service);
    const about = inLanguage(says?.about ?? {}, useLanguage());
    const words = useWords(newChatWords);
    const starts = said?.kind === "start";
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState<ApproachProblem | null>(null);
    const go = async () => {
        setBusy(true);
        setProblem(await goOn());
        setBusy(false);
    };
    return (
        <div className={css.approached}>
            <strong>{name}</strong>
            <LabelLine label={label} />
            {about !== "" && (
                <p className={css.about} dir="auto">
                    {about}
                </p>
            )}
            {!known && <p>{words.nothingSent}</p>}
            {said !== null && <LinkSays said={said} starts={starts} />}
            {problem && <p role="alert">{words[problem]}</p>}
            <Button kind="main" wide busy={busy} onClick={go}>
                {starts ? words.start : words.find}
            </Button>
            <Button wide onClick={turnAway}>
                {words.turnAway}
            </Button>
        </div>
    );
}
