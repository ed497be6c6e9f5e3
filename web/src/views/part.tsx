/* A part of what stands beside a chat, with a line above it. */

import { type ReactNode, useId } from "react";

import css from "./part.module.css";

/** Without a title it says itself what it is. */
export function Part({ title, children }: { title?: string; children: ReactNode }) {
    const heading = useId();
    if (title === undefined) return <div className={css.part}>{children}</div>;
    return (
        <section className={css.part} aria-labelledby={heading}>
            <h2 id={heading}>{title}</h2>
            {children}
        </section>
    );
}
