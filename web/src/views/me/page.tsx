/* What every page of settings has: its title, and on a phone the way back. */

import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import css from "./me.module.css";

/** `back` leads to where one came from, when that is not the list of settings. */
export function Page({ title, back, children }: { title: string; back?: string | undefined; children: ReactNode }) {
    const words = useWords(meWords);
    const heading = useRef<HTMLHeadingElement>(null);
    // A screen reader goes on reading where the page begins.
    useEffect(() => heading.current?.focus(), []);
    return (
        <div className={css.page}>
            <div className={css.head}>
                <a
                    className={`${css.row} ${back ? "" : css.back}`}
                    href={back ?? "#/me"}
                    aria-label={words.back}
                    title={words.back}
                >
                    <ArrowLeft aria-hidden="true" />
                </a>
                <h1 ref={heading} tabIndex={-1}>
                    {title}
                </h1>
            </div>
            {children}
        </div>
    );
}

/** Some settings that belong together. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
    return (
        <section className={css.section}>
            <h2>{title}</h2>
            {children}
        </section>
    );
}
