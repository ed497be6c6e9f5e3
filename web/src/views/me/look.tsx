/* How the app looks and speaks. */

import { useLanguage, useWords } from "../../i18n/language.tsx";
import { lookWords } from "../../i18n/look_words.ts";
import { LANGUAGES } from "../../i18n/words.ts";
import { TEXT_SIZES, THEMES } from "../../viewmodels/look.ts";
import type { Me } from "../../viewmodels/me.ts";
import { useViewModel } from "../use_view_model.ts";
import { Choices } from "./choices.tsx";
import { Page } from "./page.tsx";

/** Each language is named in itself, for whoever cannot read the others. */
const NAMES = { id: "Bahasa Indonesia", en: "English" } as const;

export function LookPage({ me }: { me: Me }) {
    const { theme, text } = useViewModel(me.look);
    const language = useLanguage();
    const words = useWords(lookWords);
    return (
        <Page title={words.title}>
            <Choices
                title={words.language}
                hint={words.languageHint}
                options={LANGUAGES}
                nameOf={(each) => NAMES[each]}
                chosen={language}
                choose={(language) => me.wear({ language })}
            />
            <Choices
                title={words.theme}
                hint={words.device}
                options={THEMES}
                nameOf={(each) => words[each]}
                chosen={theme}
                choose={(theme) => me.wear({ theme })}
            />
            <Choices
                title={words.text}
                hint={words.device}
                options={TEXT_SIZES}
                nameOf={(each) => words[each]}
                chosen={text}
                choose={(text) => me.wear({ text })}
            />
        </Page>
    );
}
