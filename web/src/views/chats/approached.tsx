/* A service that one is about to write to: who runs it, before it hears of anything. */

import { useState } from "react";

import { Button } from "../../design/button.tsx";
import { useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import type { Approached, ApproachProblem } from "../../viewmodels/approach.ts";
import { LabelLine } from "../label/label_line.tsx";
import css from "./chat_list.module.css";

type Given = {
    service: Approached;
    goOn: () => Promise<ApproachProblem | null>;
    turnAway: () => void;
};

export function ApproachedView({ service: { name, label }, goOn, turnAway }: Given) {
    const words = useWords(newChatWords);
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
            <p>{words.nothingSent}</p>
            {problem && <p role="alert">{words[problem]}</p>}
            <Button kind="main" wide busy={busy} onClick={go}>
                {words.find}
            </Button>
            <Button wide onClick={turnAway}>
                {words.turnAway}
            </Button>
        </div>
    );
}
