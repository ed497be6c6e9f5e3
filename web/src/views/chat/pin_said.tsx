/* What a pinned message says, in one line: who said it, and what, or why it cannot be read here. */

import { chatListWords } from "../../i18n/chat_list_words.ts";
import { useWords } from "../../i18n/language.tsx";
import { pinWords } from "../../i18n/pin_words.ts";
import type { Pin } from "../../viewmodels/pinned.ts";
import css from "./pinned.module.css";

export function PinSaid({ pin: { preview } }: { pin: Pin }) {
    const words = useWords(pinWords);
    const kinds = useWords(chatListWords);
    if (preview === undefined) return <span className={css.said}>{words.loading}</span>;
    if (preview === null) return <span className={css.said}>{words.away}</span>;
    if (preview.kind === "unreadable") return <span className={css.said}>{words.unreadable}</span>;
    const said = preview.kind === "text" ? preview.text : kinds[preview.kind];
    const who = preview.sender === null ? kinds.you : preview.sender;
    return (
        <span className={css.said}>
            {who && `${who}: `}
            {said}
        </span>
    );
}
