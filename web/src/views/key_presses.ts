/* Where the keyboard is listened to. */

import { useEffect } from "react";

import type { Press } from "../viewmodels/keymap.ts";

/** What keys are for; the shape of every keymap. */
type Pressed = { press: (press: Press) => boolean };

/** Hand every key that is nobody else's to a keymap. `letters` says whether letters alone do anything. */
export function useKeyPresses(keymap: Pressed, letters: () => boolean): void {
    useEffect(() => {
        const listen = (event: KeyboardEvent) => hand(event, keymap, letters());
        document.addEventListener("keydown", listen);
        return () => document.removeEventListener("keydown", listen);
    }, [keymap, letters]);
}

function hand(event: KeyboardEvent, keymap: Pressed, letters: boolean): void {
    const { key, altKey: alt, target } = event;
    // What is open over the page has the keys for itself.
    const over = document.querySelector("dialog[open], [popover]:popover-open") !== null;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing || over) return;
    const writing =
        target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    if (writing && key === "Escape") target.blur();
    else if (keymap.press({ key, alt, writing, letters })) event.preventDefault();
}
