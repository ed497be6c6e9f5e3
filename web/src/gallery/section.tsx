/* A part of the gallery, with what it is called. */

import type { ReactNode } from "react";

import css from "./gallery.module.css";

export function Section({ title, children }: { title: string; children: ReactNode }) {
    return (
        <section className={css.section} aria-label={title}>
            <h2>{title}</h2>
            {children}
        </section>
    );
}
