/* Going to a row, and staying at the newest one. */

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";

import type { LogState } from "../../viewmodels/log.ts";

const MARKED_MS = 2000;

type Places = { list: RefObject<VirtualizerHandle | null>; bottom: RefObject<boolean> };

/** Scroll to where the view model wants; return the key of the row that one was led to, for a moment. */
export function useGoal({ rows, goal }: LogState, { list, bottom }: Places): string | null {
    const reached = useRef(0);
    const [marked, setMarked] = useState<string | null>(null);
    useLayoutEffect(() => {
        const handle = list.current;
        if (handle === null || rows.length === 0) return;
        const index = goal === null || goal.times === reached.current ? -1 : indexOf(goal.key, rows);
        if (goal !== null && index >= 0) {
            reached.current = goal.times;
            bottom.current = index === rows.length - 1;
            handle.scrollToIndex(index, { align: alignOf(goal, bottom.current) });
            if (goal.marked) setMarked(goal.key);
        } else if (bottom.current) {
            handle.scrollToIndex(rows.length - 1, { align: "end" });
        }
    }, [rows, goal, list, bottom]);
    useEffect(() => {
        if (marked === null) return;
        const timer = setTimeout(() => setMarked(null), MARKED_MS);
        return () => clearTimeout(timer);
    }, [marked]);
    return marked;
}

function indexOf(wanted: string, rows: LogState["rows"]): number {
    return rows.findIndex(({ key }) => key === wanted);
}

function alignOf({ marked }: { marked: boolean }, last: boolean): "start" | "center" | "end" {
    if (last) return "end";
    return marked ? "center" : "start";
}
