/* A way with a picture alone: back, or out. */

import type { ReactNode } from "react";

import css from "./round_link.module.css";

type Given = {
    href: string;
    /** Its name for screen readers and its tooltip. */
    label: string;
    /** Only where one column fills the screen. */
    onPhones?: boolean;
    /** A class that says where it stands. */
    where?: string | undefined;
    children: ReactNode;
};

export function RoundLink({ href, label, onPhones = false, where = "", children }: Given) {
    return (
        <a className={`${css.round} ${where}`} data-phone={onPhones} href={href} aria-label={label} title={label}>
            {children}
        </a>
    );
}
