/* The part of a chat's details that says after what time its messages disappear, and lets those change it who may. */

import { useWords } from "../../i18n/language.tsx";
import { timerWords } from "../../i18n/timer_words.ts";
import type { ChatTimer } from "../../viewmodels/chat_timer.ts";
import { Part } from "../part.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./timer.module.css";
import { TimerField } from "./timer_field.tsx";

export function TimerPart({ timer }: { timer: ChatTimer }) {
    const { maxAgeMs, may, busy, failed } = useViewModel(timer);
    const words = useWords(timerWords);
    return (
        <Part title={words.title}>
            <TimerField maxAgeMs={maxAgeMs} set={(chosen) => void timer.set(chosen)} disabled={!may || busy} />
            {!may && <p>{words.mayNot}</p>}
            {failed && (
                <p className={css.failed} role="alert">
                    {words.failed}
                </p>
            )}
            <p className={css.soft}>{words.about}</p>
            <p className={css.soft}>{words.honest}</p>
        </Part>
    );
}
