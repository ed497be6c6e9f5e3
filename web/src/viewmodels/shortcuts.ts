/* The app's keys: which there are. */

import { Keymap, type KeyTable } from "./keymap.ts";

/** In the order in which they are listed. */
export const KEYS = {
    search: { key: "/" },
    newChat: { key: "n" },
    nextChat: { key: "ArrowDown", alt: true },
    previousChat: { key: "ArrowUp", alt: true },
    nextUnread: { key: "u" },
    mute: { key: "m" },
    write: { key: "c" },
    reply: { key: "r" },
    edit: { key: "e" },
    // Of the message that one is on: it listens itself.
    choose: { key: " " },
    close: { key: "Escape" },
    list: { key: "?" },
} as const satisfies KeyTable;

export type KeyName = keyof typeof KEYS;

/** What keys do in a part of the app. */
export type Runs = Partial<Record<KeyName, () => void>>;

/** The keys of this window. */
export const shortcuts = new Keymap(KEYS);
