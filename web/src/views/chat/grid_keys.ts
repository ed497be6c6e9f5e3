/* Arrow keys in a grid of buttons whose number of columns only the browser knows. */

import type { KeyboardEvent } from "react";

/** Move the focus to the button beside, above or below. */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const top = buttons[0]?.offsetTop;
    const columns = Math.max(1, buttons.filter((button) => button.offsetTop === top).length);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (by === undefined || at === -1) return;
    event.preventDefault();
    buttons[at + by]?.focus();
}
