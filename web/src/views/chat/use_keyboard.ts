/* Moving among messages with the keyboard: arrows, Home and End. Whoever is in sight of a message stays with it. */

import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from "react";
import type { VirtualizerHandle } from "virtua";

import type { LogState } from "../../viewmodels/log.ts";

type Rows = LogState["rows"];

const STEPS: Record<string, (at: number, last: number) => number> = {
    ArrowUp: (at) => at - 1,
    ArrowDown: (at) => at + 1,
    Home: () => 0,
    End: (_at, last) => last,
};

type Places = { list: RefObject<VirtualizerHandle | null>; scroller: RefObject<HTMLElement | null> };

/** Return which message has the focus, and what to listen to. */
export function useKeyboard(rows: Rows, { list, scroller }: Places) {
    const [current, setCurrent] = useState<string | null>(null);
    const at = current === null ? -1 : rows.findIndex(({ key }) => key === current);
    const onKeyDown = (event: KeyboardEvent) => {
        const step = STEPS[event.key];
        if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || isControl(event.target)) return;
        const stops = rows.flatMap(({ kind }, index) => (kind === "message" ? [index] : []));
        const here = at < 0 ? stops.length : stops.indexOf(at);
        const index = stops[Math.min(stops.length - 1, Math.max(0, step(here, stops.length - 1)))];
        const next = index === undefined ? undefined : rows[index];
        if (index === undefined || next === undefined) return;
        event.preventDefault();
        setCurrent(next.key);
        list.current?.scrollToIndex(index, { align: "nearest" });
    };
    const onFocus = ({ target }: FocusEvent) => {
        const key = target.closest("[data-key]")?.getAttribute("data-key") ?? null;
        if (key !== null && key !== current) setCurrent(key);
    };
    const onBlur = ({ relatedTarget }: FocusEvent) => {
        if (!scroller.current?.contains(relatedTarget)) setCurrent(null);
    };
    return { current, kept: at < 0 ? [] : [at], handlers: { onKeyDown, onFocus, onBlur } };
}

/** Something that arrows mean another thing to. */
function isControl(target: EventTarget): boolean {
    return target instanceof HTMLElement && target.closest("input, textarea, select, audio, video, dialog") !== null;
}
