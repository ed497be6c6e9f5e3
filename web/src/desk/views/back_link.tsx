/* From what is open back to the list, where there is no room for both. */

import { ArrowLeft } from "lucide-react";

import css from "./back_link.module.css";

export function BackLink({ label, href }: { label: string; href: string }) {
    return (
        <a className={css.back} href={href} aria-label={label} title={label}>
            <ArrowLeft aria-hidden="true" />
        </a>
    );
}
