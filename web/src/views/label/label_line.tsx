/* Who can read a chat, in one line: under its name, and above the first that was said. */

import { labelLine, labelWords } from "../../i18n/label_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Label } from "../../viewmodels/chat_labels.ts";
import { addressOfDetails } from "../../viewmodels/chat_labels.ts";
import css from "./label.module.css";
import { Mark } from "./label_mark.tsx";
import { useLabel } from "./labels_context.ts";

/** The line by itself. */
export function LabelLine({ label }: { label: Label }) {
    return (
        <span className={css.line} data-mark={label.mark}>
            <Mark mark={label.mark} />
            <span>{labelLine(useWords(labelWords), label)}</span>
        </span>
    );
}

/** The line of a chat, which leads to who can read it. */
export function ChatLabel({ roomId }: { roomId: string }) {
    const label = useLabel(roomId);
    const words = useWords(labelWords);
    return (
        <a className={css.link} href={addressOfDetails(roomId)} title={words.details}>
            <LabelLine label={label} />
        </a>
    );
}

/** What stands above the first message of a chat. */
export function FirstWords({ roomId }: { roomId: string }) {
    return (
        <p className={css.first}>
            <ChatLabel roomId={roomId} />
        </p>
    );
}
