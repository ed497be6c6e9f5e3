/* Where one writes otherwise: that one has blocked whom one chats with, and the way back. */

import type { ReactNode } from "react";

import { Button } from "../../design/button.tsx";
import { chatChoicesWords } from "../../i18n/chat_choices_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { ChatChoices } from "../../viewmodels/chat_choices.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./selection_bar.module.css";

/** `children` are where one writes, while nobody is blocked. */
export function UnlessBlocked({ choices, children }: { choices: ChatChoices; children: ReactNode }) {
    const { person, blocked, busy } = useViewModel(choices);
    const words = useWords(chatChoicesWords);
    if (person === null || !blocked) return children;
    return (
        <section className={css.bar} aria-label={words.blocked(person.name)}>
            <p className={css.said}>{words.blocked(person.name)}</p>
            <Button busy={busy} onClick={() => choices.unblock()}>
                {words.unblock}
            </Button>
        </section>
    );
}
