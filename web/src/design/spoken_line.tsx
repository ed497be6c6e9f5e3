/* Something that was said: on the side of whoever said it, with their name and what became of it. */

import type { ReactNode } from "react";

import css from "./spoken_line.module.css";

/** `below`: when it was said, and whether it has arrived. */
export function SpokenLine({
    mine,
    by,
    below,
    failed = false,
    children,
}: {
    mine: boolean;
    /** Null where the line before was theirs, too. */
    by: string | null;
    below?: ReactNode;
    failed?: boolean;
    children: ReactNode;
}) {
    return (
        <article className={css.line} data-mine={mine} data-failed={failed}>
            {by !== null && <span className={css.by}>{by}</span>}
            <div className={css.bubble}>{children}</div>
            {below && <span className={css.below}>{below}</span>}
        </article>
    );
}

/** What happened between what was said. */
export function HappenedLine({ children }: { children: ReactNode }) {
    return <p className={css.happened}>{children}</p>;
}
