/* The app's keys: each part says which it has while its screen is there, and `?` lists them all. */

import type { Stop } from "../platform/observable.ts";
import { ViewModel } from "./view_model.ts";

/** `key` is named as keyboards' events name it; with `command` it is pressed with Ctrl or ⌘. `name` is in words. */
export type Shortcut = { key: string; command?: boolean; name: string; run: () => void };

/** A key that was pressed; `writing` is where a letter is a letter. */
export type Press = { key: string; command: boolean; writing: boolean };

export type ShortcutsState = { keys: readonly Shortcut[]; listed: boolean };

export class Shortcuts extends ViewModel<ShortcutsState> {
    constructor() {
        super({ keys: [], listed: false });
    }

    /** Let keys do something until the returned function is called. Of two with one key the later wins. */
    add(added: readonly Shortcut[]): Stop {
        this.update({ keys: [...this.value.keys, ...added] });
        return () => this.update({ keys: this.value.keys.filter((each) => !added.includes(each)) });
    }

    /** Do what a key is for; return whether it is for anything. */
    press({ key, command, writing }: Press): boolean {
        if (writing && !command) return false;
        if (key === "?" && !command) {
            this.list(true);
            return true;
        }
        const found = this.value.keys.findLast((each) => each.key === key && Boolean(each.command) === command);
        found?.run();
        return found !== undefined;
    }

    /** Show the list of keys, or show it no more. */
    list(listed: boolean): void {
        this.update({ listed });
    }
}

/** The keys of this window. */
export const shortcuts = new Shortcuts();
