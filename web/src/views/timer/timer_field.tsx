/* Choosing after what time messages disappear. */

import { SelectField } from "../../design/field.tsx";
import { useWords } from "../../i18n/language.tsx";
import { timerWords } from "../../i18n/timer_words.ts";
import { timersWith } from "../../viewmodels/chat_timer.ts";

const NEVER = 0;

/** Null: they stay. */
export function TimerField({
    maxAgeMs,
    set,
    disabled = false,
}: {
    maxAgeMs: number | null;
    set: (maxAgeMs: number | null) => void;
    disabled?: boolean;
}) {
    const words = useWords(timerWords);
    return (
        <SelectField
            label={words.after}
            options={timersWith(maxAgeMs).map((each) => each ?? NEVER)}
            nameOf={(each) => (each === NEVER ? words.off : words.span(each))}
            chosen={maxAgeMs ?? NEVER}
            choose={(each) => set(each === NEVER ? null : each)}
            disabled={disabled}
        />
    );
}
