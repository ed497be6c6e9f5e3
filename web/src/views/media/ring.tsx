/* How far something is: a ring that fills. Screen readers hear the number. */

import css from "./ring.module.css";

export function Ring({ fraction, label }: { fraction: number; label: string }) {
    return (
        <span
            className={css.ring}
            role="progressbar"
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(fraction * 100)}
            style={{ "--part": `${fraction * 360}deg` } as React.CSSProperties}
        />
    );
}
