/* What stands over the screen until it is closed, and who has the focus then. */

import { type RefObject, type SyntheticEvent, useEffect } from "react";

/** Open a dialog over everything for as long as it is rendered; the focus goes back to where it was before. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
    useEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => {
            // The browser closes a dialog on Escape before the app hears of it: what somebody turned to since keeps it.
            const taken = document.activeElement !== null && document.activeElement !== document.body;
            if (!taken && before instanceof HTMLElement) before.focus();
        };
    }, [dialog]);
}

/** Return what a dialog listens to that somebody closes. On Escape the app closes it before the browser would: that says
 * so late, when somebody may have opened it again. */
export function closedBy(close: () => void) {
    const onCancel = (event: SyntheticEvent) => {
        if (event.target !== event.currentTarget) return; // whoever picks no file
        event.preventDefault();
        close();
    };
    return { onCancel, onClose: close };
}
