/* The part of a chat's details that says after what time its messages disappear, and lets those change it who may. */

import { useId } from "react";

import { useWords } from "../../i18n/language.tsx";
import { timerWords } from "../../i18n/timer_words.ts";
import type { ChatTimer } from "../../viewmodels/chat_timer.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./timer.module.css";
import { TimerField } from "./timer_field.tsx";

export function TimerPart({ timer }: { timer: ChatTimer }) {
    const { maxAgeMs, may, busy, failed } = useViewModel(timer);
    const words = useWords(timerWords);
    const heading = useId();
    return (
        <section className={css.part} aria-labelledby={heading}>
            <h2 id={heading}>{words.title}</h2>
            <TimerField maxAgeMs={maxAgeMs} set={(chosen) => void timer.set(chosen)} disabled={!may || busy} />
            {!may && <p>{words.mayNot}</p>}
            {failed && (
                <p className={css.failed} role="alert">
                    {words.failed}
                </p>
            )}
            <p className={css.soft}>{words.about}</p>
            <p className={css.soft}>{words.honest}</p>
        </section>
    );
}
