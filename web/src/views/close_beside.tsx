/* The way out of what is open beside a chat: back, where it covers the chat; a cross, where both are in sight. */

import { ArrowLeft, X } from "lucide-react";

import { designWords } from "../i18n/design_words.ts";
import { useWords } from "../i18n/language.tsx";
import css from "./close_beside.module.css";
import { RoundLink } from "./round_link.tsx";

/** Stands in a flexible line, at the side where it is looked for. */
export function CloseBeside({ href }: { href: string }) {
    const words = useWords(designWords);
    return (
        <RoundLink where={css.close} href={href} label={words.close}>
            <ArrowLeft className={css.back} aria-hidden="true" />
            <X className={css.cross} aria-hidden="true" />
        </RoundLink>
    );
}
