/* How a screen says which keys it has while it is there. */

import { useEffect, useRef } from "react";

import { type Shortcut, shortcuts } from "../viewmodels/shortcuts.ts";

/** The keys and their names are those of the first time; what they do is always the newest. */
export function useShortcuts(keys: readonly Shortcut[]): void {
    const newest = useRef(keys);
    newest.current = keys;
    const names = keys.map(({ key, command, name }) => `${key} ${command} ${name}`).join("\n");
    // biome-ignore lint/correctness/useExhaustiveDependencies: the names say when the list is another one
    useEffect(
        () => shortcuts.add(keys.map((each, index) => ({ ...each, run: () => newest.current[index]?.run() }))),
        [names],
    );
}
