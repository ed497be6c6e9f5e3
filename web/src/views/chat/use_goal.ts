/* Going to a row, and staying at the newest one. */

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";

import type { EndOfList } from "../../viewmodels/end_of_list.ts";
import type { LogState } from "../../viewmodels/log.ts";

const MARKED_MS = 2000;
/** The list measures rows on its way to one, and gives up after 150 ms. */
const WAY_MS = 200;

type Places = { list: RefObject<VirtualizerHandle | null>; end: EndOfList };

type Way = {
    /** The key of the row that one was led to, for a moment. */
    marked: string | null;
    /** Whether the list is on its way: where it stands meanwhile says nothing, and nothing may come in above. */
    underWay: () => boolean;
};

/** Scroll to where the view model wants; `onReached` is called when the list stands there. */
export function useGoal({ rows, goal, atEnd }: LogState, { list, end }: Places, onReached: RefObject<() => void>): Way {
    const reached = useRef(0);
    const [marked, setMarked] = useState<string | null>(null);
    const way = useRef<Timer>(undefined);
    useEffect(() => () => void arrive(way), []);
    useLayoutEffect(() => {
        const handle = list.current;
        if (handle === null || rows.length === 0) return;
        const index = goal === null || goal.times === reached.current ? -1 : indexOf(goal.key, rows);
        if (goal !== null && index >= 0) {
            reached.current = goal.times;
            const last = index === rows.length - 1;
            end.lead(last && atEnd);
            arrive(way);
            way.current = setTimeout(() => {
                arrive(way);
                onReached.current();
            }, WAY_MS);
            handle.scrollToIndex(index, { align: alignOf(goal, last) });
            if (goal.marked) setMarked(goal.key);
        } else if (end.at) {
            handle.scrollToIndex(rows.length - 1, { align: "end" });
        }
    }, [rows, goal, atEnd, list, end, onReached]);
    useEffect(() => {
        if (marked === null) return;
        const timer = setTimeout(() => setMarked(null), MARKED_MS);
        return () => clearTimeout(timer);
    }, [marked]);
    return { marked, underWay: () => way.current !== undefined };
}

type Timer = ReturnType<typeof setTimeout>;

function arrive(way: RefObject<Timer | undefined>): void {
    clearTimeout(way.current);
    way.current = undefined;
}

function indexOf(wanted: string, rows: LogState["rows"]): number {
    return rows.findIndex(({ key }) => key === wanted);
}

function alignOf({ marked }: { marked: boolean }, last: boolean): "start" | "center" | "end" {
    if (last) return "end";
    return marked ? "center" : "start";
}
