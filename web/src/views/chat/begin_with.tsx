/* What a bot offers to be asked, above where one writes, until one has said something. */

import { Choices } from "../../design/choices.tsx";
import { composerWords } from "../../i18n/composer_words.ts";
import { useWords } from "../../i18n/language.tsx";
import type { Beginning } from "../../viewmodels/beginning.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./begin_with.module.css";

/** `onTaken`: the button is gone, and somebody else takes the focus. */
export function BeginWith({ beginning, onTaken }: { beginning: Beginning; onTaken: () => void }) {
    const { prompts } = useViewModel(beginning);
    const words = useWords(composerWords);
    if (prompts.length === 0) return null;
    const take = (prompt: string) => {
        onTaken();
        void beginning.take(prompt);
    };
    return (
        <section className={css.begin} aria-label={words.beginWith}>
            <p className={css.title} aria-hidden="true">
                {words.beginWith}
            </p>
            <Choices
                label={words.beginWith}
                choices={prompts.map((prompt) => ({ id: prompt, title: prompt, description: "" }))}
                chosen={null}
                chosenLabel=""
                closed={false}
                onChoose={take}
            />
        </section>
    );
}
