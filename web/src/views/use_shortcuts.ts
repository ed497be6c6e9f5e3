/* How a screen says what keys do while it is there. */

import { useLayoutEffect, useRef } from "react";

import { type KeyName, type Runs, shortcuts } from "../viewmodels/shortcuts.ts";

/** Which keys they are is settled the first time; what they do is always the newest. */
export function useShortcuts(runs: Runs): void {
    const newest = useRef(runs);
    newest.current = runs;
    // As soon as a screen is seen its keys are there.
    useLayoutEffect(() => {
        const names = Object.keys(newest.current) as KeyName[];
        return shortcuts.add(Object.fromEntries(names.map((name) => [name, () => newest.current[name]?.()])));
    }, []);
}
