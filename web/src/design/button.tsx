/* Buttons: one main act on a screen, any number of others. */

import type { ButtonHTMLAttributes, ReactNode } from "react";

import css from "./button.module.css";

type Act = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className">;

/** A button with words. While `busy` it keeps its place and says so. */
export function Button({
    kind = "other",
    wide = false,
    busy = false,
    ...rest
}: Act & { kind?: "main" | "other" | "plain" | "danger"; wide?: boolean; busy?: boolean }) {
    const looks = [css.button, kind !== "other" && css[kind], wide && css.wide].filter(Boolean).join(" ");
    return <button type="button" {...rest} className={looks} disabled={rest.disabled || busy} aria-busy={busy} />;
}

/** A button with a picture; `label` is its name for screen readers and its tooltip. */
export function IconButton({ label, children, ...rest }: Act & { label: string; children: ReactNode }) {
    return (
        <button type="button" title={label} aria-label={label} {...rest} className={`${css.button} ${css.icon}`}>
            {children}
        </button>
    );
}
