/* After what time messages of a new chat are to disappear. */

import { useWords } from "../../i18n/language.tsx";
import { timerWords } from "../../i18n/timer_words.ts";
import type { NewChat } from "../../viewmodels/new_chat.ts";
import { TimerField } from "../timer/timer_field.tsx";
import { useViewModel } from "../use_view_model.ts";
import css from "./chat_list.module.css";

export function NewTimer({ newChat }: { newChat: NewChat }) {
    const { maxAgeMs } = useViewModel(newChat);
    const words = useWords(timerWords);
    return (
        <details className={css.seldom}>
            <summary>{words.title}</summary>
            <TimerField maxAgeMs={maxAgeMs} set={(chosen) => newChat.setTimer(chosen)} />
        </details>
    );
}
