/* The small mark of what disappears: of a chat, and of one message. */

import { Timer, TriangleAlert } from "lucide-react";

import { clock, day } from "../../i18n/dates.ts";
import { useLanguage, useWords } from "../../i18n/language.tsx";
import { timerWords } from "../../i18n/timer_words.ts";
import type { LogMessage } from "../../viewmodels/log.ts";
import css from "./timer.module.css";

/** Of a chat. */
export function TimerMark({ maxAgeMs }: { maxAgeMs: number }) {
    const { on } = useWords(timerWords);
    return (
        <span className={css.mark} title={on(maxAgeMs)}>
            <Timer size={16} aria-hidden="true" />
            <span className="visually-hidden">{on(maxAgeMs)}</span>
        </span>
    );
}

/** Of a message: when it goes, and whether server and sender disagree about that. */
export function StayMark({ stay: { until, differs } }: { stay: NonNullable<LogMessage["stay"]> }) {
    const words = useWords(timerWords);
    const language = useLanguage();
    const goes = words.goes(`${day(until, language, Date.now())} ${clock(until, language)}`);
    const said = differs ? `${goes}. ${words.differs}` : goes;
    const Icon = differs ? TriangleAlert : Timer;
    return (
        <span className={css.mark} title={said} data-differs={differs}>
            <Icon size={14} aria-hidden="true" />
            <span className="visually-hidden">{said}</span>
        </span>
    );
}
