/* What a link wants to have said: it is seen before anything of it is sent. */

import { useWords } from "../../i18n/language.tsx";
import { newChatWords } from "../../i18n/new_chat_words.ts";
import { type LinkText, wordsOf } from "../../viewmodels/link_text.ts";
import css from "./chat_list.module.css";

/** `starts` where it is sent as it is by the press that follows. */
export function LinkSays({ said, starts }: { said: LinkText; starts: boolean }) {
    const words = useWords(newChatWords);
    return (
        <figure className={css.linkSays}>
            <figcaption>{starts ? words.linkStarts : words.linkBegins}</figcaption>
            <blockquote dir="auto">{wordsOf(said)}</blockquote>
        </figure>
    );
}
