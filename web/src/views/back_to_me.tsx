/* The way back from a screen of one's own account. */

import { ArrowLeft } from "lucide-react";

import { designWords } from "../i18n/design_words.ts";
import { useWords } from "../i18n/language.tsx";
import css from "./back_to_me.module.css";

export function BackToMe() {
    const { back } = useWords(designWords);
    return (
        <a className={css.back} href="#/me">
            <ArrowLeft aria-hidden="true" />
            {back}
        </a>
    );
}
