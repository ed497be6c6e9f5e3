/* The shape of a sound, as a slider over it: a pointer or the arrow keys move in it. */

import type { PointerEvent } from "react";

import { lengthOf } from "../../i18n/numbers.ts";
import css from "./waveform.module.css";

/** Of a sound that came without a shape. */
const FLAT: readonly number[] = Array<number>(48).fill(0.3);
const STEP_MS = 5_000;
/** Silence is drawn too, as a dot. */
const LOWEST = 0.08;

export function Waveform({
    bars,
    label,
    atMs,
    lengthMs,
    seek,
}: {
    bars: readonly number[];
    label: string;
    atMs: number;
    lengthMs: number;
    /** Null until there is something to move in. */
    seek: ((ms: number) => void) | null;
}) {
    const shape = bars.length > 0 ? bars : FLAT;
    const to = (ms: number) => seek?.(Math.max(0, Math.min(lengthMs, ms)));
    const point = ({ currentTarget, clientX }: PointerEvent) => {
        const { left, width } = currentTarget.getBoundingClientRect();
        to(((clientX - left) / width) * lengthMs);
    };
    const step: Readonly<Record<string, number>> = { ArrowLeft: -STEP_MS, ArrowRight: STEP_MS };
    return (
        <div
            className={css.waveform}
            role="slider"
            tabIndex={0}
            aria-label={label}
            aria-disabled={seek === null}
            aria-valuemin={0}
            aria-valuemax={Math.round(lengthMs / 1_000)}
            aria-valuenow={Math.round(atMs / 1_000)}
            aria-valuetext={lengthOf(atMs)}
            onPointerDown={point}
            onKeyDown={({ key }) => step[key] !== undefined && to(atMs + step[key])}
        >
            {shape.map((height, place) => (
                <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
                    key={place}
                    data-past={lengthMs > 0 && place / shape.length < atMs / lengthMs}
                    style={{ height: `${Math.max(LOWEST, height) * 100}%` }}
                />
            ))}
        </div>
    );
}
