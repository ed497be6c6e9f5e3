/* How a part of the desk says what keys do while it is there. */

import { useLayoutEffect, useRef } from "react";

import { deskKeys, type KeyName, type Runs } from "../viewmodels/desk_keys.ts";

/** Which keys they are is settled the first time; what they do is always the newest. */
export function useDeskKeys(runs: Runs): void {
    const newest = useRef(runs);
    newest.current = runs;
    // As soon as a screen is seen its keys are there.
    useLayoutEffect(() => {
        const names = Object.keys(newest.current) as KeyName[];
        return deskKeys.add(Object.fromEntries(names.map((name) => [name, () => newest.current[name]?.()])));
    }, []);
}
