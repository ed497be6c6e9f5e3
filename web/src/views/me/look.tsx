/* How the app looks and speaks. */

import { useId } from "react";

import { useLanguage, useWords } from "../../i18n/language.tsx";
import { lookWords } from "../../i18n/look_words.ts";
import { LANGUAGES } from "../../i18n/words.ts";
import { TEXT_SIZES, THEMES } from "../../viewmodels/look.ts";
import type { Me } from "../../viewmodels/me.ts";
import { useViewModel } from "../use_view_model.ts";
import css from "./me.module.css";
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
                names={NAMES}
                chosen={language}
                choose={(language) => me.wear({ language })}
            />
            <Choices
                title={words.theme}
                hint={words.device}
                options={THEMES}
                names={words}
                chosen={theme}
                choose={(theme) => me.wear({ theme })}
            />
            <Choices
                title={words.text}
                hint={words.device}
                options={TEXT_SIZES}
                names={words}
                chosen={text}
                choose={(text) => me.wear({ text })}
            />
        </Page>
    );
}

function Choices<Option extends string>({
    title,
    hint,
    options,
    names,
    chosen,
    choose,
}: {
    title: string;
    hint: string;
    options: readonly Option[];
    names: Readonly<Record<Option, string>>;
    chosen: Option;
    choose: (option: Option) => void;
}) {
    const name = useId();
    return (
        <fieldset className={css.section}>
            <legend>{title}</legend>
            <span className={css.soft}>{hint}</span>
            <div className={css.choices}>
                {options.map((option) => (
                    <label key={option} className={css.choice}>
                        <input type="radio" name={name} checked={option === chosen} onChange={() => choose(option)} />
                        {names[option]}
                    </label>
                ))}
            </div>
        </fieldset>
    );
}
