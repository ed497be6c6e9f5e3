/* The desk's keys: which there are. */

import { Keymap, type KeyTable } from "../../viewmodels/keymap.ts";

/** In the order in which they are listed. */
export const KEYS = {
    inbox: { key: "1" },
    day: { key: "2" },
    tickets: { key: "3" },
    texts: { key: "4" },
    staff: { key: "5" },
    deliveries: { key: "6" },
    tokens: { key: "7" },
    next: { key: "ArrowDown", alt: true },
    previous: { key: "ArrowUp", alt: true },
    write: { key: "r" },
    take: { key: "t" },
    note: { key: "n" },
    handBack: { key: "b" },
    checkIn: { key: "c" },
    walkIn: { key: "w" },
    today: { key: "h" },
    close: { key: "Escape" },
    list: { key: "?" },
} as const satisfies KeyTable;

export type KeyName = keyof typeof KEYS;

/** What keys do in a part of the desk. */
export type Runs = Partial<Record<KeyName, () => void>>;

/** The keys of this window. */
export const deskKeys = new Keymap(KEYS);
