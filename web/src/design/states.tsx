/* What a screen shows when there is nothing yet, when it waits, and when something is the matter. */

import type { ReactNode } from "react";

import css from "./states.module.css";

/** Nothing here yet: say what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
    return (
        <div className={css.empty}>
            <strong>{title}</strong>
            {children}
        </div>
    );
}

/** One line across a screen, with a way on. Screen readers hear a `danger` at once, the others when they are idle. */
export function Banner({
    kind,
    children,
    act,
}: {
    kind: "info" | "warning" | "danger";
    children: ReactNode;
    act?: ReactNode;
}) {
    return (
        <div className={`${css.banner} ${css[kind]}`} role={kind === "danger" ? "alert" : "status"}>
            <span>{children}</span>
            {act}
        </div>
    );
}

/** A word about what was just done, over everything. The region is always there: screen readers hear what comes into it. */
export function Toast({ children }: { children: ReactNode }) {
    return (
        <div className={css.toasts} role="status">
            {children !== null && <span className={css.toast}>{children}</span>}
        </div>
    );
}

/** Rows that are on their way. */
export function Skeleton({ label, rows = 6 }: { label: string; rows?: number }) {
    return (
        <div className={css.skeleton} role="status" aria-label={label}>
            {Array.from({ length: rows }, (_, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
                <span key={row} />
            ))}
        </div>
    );
}

/** How many are unread; `quiet` where nobody is to be disturbed. */
export function Badge({ count, label, quiet = false }: { count: number; label: string; quiet?: boolean }) {
    return (
        <span className={`${css.badge} ${quiet ? css.quiet : ""}`}>
            <span aria-hidden="true">{count > 99 ? "99+" : count || "•"}</span>
            <span className="visually-hidden">{label}</span>
        </span>
    );
}
