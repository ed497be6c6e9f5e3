/* The app's keys: which there are, and what each does while the part is there that it belongs to. `?` lists them. */

import type { Stop } from "../platform/observable.ts";
import { ViewModel } from "./view_model.ts";

/** Named as keyboards' events name them, in the order in which they are listed. With `alt` they work while one writes. */
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
} as const satisfies Record<string, { key: string; alt?: true }>;

export type KeyName = keyof typeof KEYS;

/** What keys do in a part of the app. */
export type Runs = Partial<Record<KeyName, () => void>>;

/** A key that was pressed; `writing` is where a letter is a letter, `letters` whether letters alone do anything. */
export type Press = { key: string; alt: boolean; writing: boolean; letters: boolean };

const NAMES = Object.keys(KEYS) as KeyName[];

export class Shortcuts extends ViewModel<{ listed: boolean }> {
    #runs: readonly Runs[] = [];

    constructor() {
        super({ listed: false });
    }

    /** Let keys do something until the returned function is called. Of two with one key the later wins. */
    add(runs: Runs): Stop {
        this.#runs = [...this.#runs, runs];
        return () => {
            this.#runs = this.#runs.filter((each) => each !== runs);
        };
    }

    /** Do what a key is for; return whether it is for anything now. */
    press({ key, alt, writing, letters }: Press): boolean {
        const name = NAMES.find((each) => KEYS[each].key === key && "alt" in KEYS[each] === alt);
        if (name === undefined || (writing && !alt) || (key.length === 1 && !letters)) return false;
        const run = name === "list" ? () => this.list(true) : this.#runs.findLast((runs) => name in runs)?.[name];
        run?.();
        return run !== undefined;
    }

    /** Show the list of keys, or show it no more. */
    list(listed: boolean): void {
        this.update({ listed });
    }
}

/** The keys of this window. */
export const shortcuts = new Shortcuts();
