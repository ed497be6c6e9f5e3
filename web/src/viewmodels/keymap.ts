/* The keys of an app: what each does while the part is there that it belongs to. `?` lists them. */

import type { Stop } from "../platform/observable.ts";
import { ViewModel } from "./view_model.ts";

/** Named as keyboards' events name them. With `alt` they work while one writes. */
export type KeyTable = Readonly<Record<string, { readonly key: string; readonly alt?: true }>>;

/** A key that was pressed; `writing` is where a letter is a letter, `letters` whether letters alone do anything. */
export type Press = { key: string; alt: boolean; writing: boolean; letters: boolean };

/** Of a table that has `list`, which shows the keys themselves. */
export class Keymap<Table extends KeyTable & { list: object }> extends ViewModel<{ listed: boolean }> {
    readonly keys: Table;
    readonly #names: readonly (keyof Table & string)[];
    #runs: readonly Partial<Record<keyof Table, () => void>>[] = [];

    constructor(keys: Table) {
        super({ listed: false });
        this.keys = keys;
        this.#names = Object.keys(keys) as (keyof Table & string)[];
    }

    /** Let keys do something until the returned function is called. Of two with one key the later wins. */
    add(runs: Partial<Record<keyof Table, () => void>>): Stop {
        this.#runs = [...this.#runs, runs];
        return () => {
            this.#runs = this.#runs.filter((each) => each !== runs);
        };
    }

    /** Do what a key is for; return whether it is for anything now. */
    press({ key, alt, writing, letters }: Press): boolean {
        const name = this.#names.find((each) => this.keys[each]?.key === key && this.#hasAlt(each) === alt);
        if (name === undefined || (writing && !alt) || (key.length === 1 && !letters)) return false;
        const run = name === "list" ? () => this.list(true) : this.#runs.findLast((runs) => name in runs)?.[name];
        run?.();
        return run !== undefined;
    }

    /** Show the list of keys, or show it no more. */
    list(listed: boolean): void {
        this.update({ listed });
    }

    #hasAlt(name: keyof Table & string): boolean {
        return this.keys[name]?.alt === true;
    }
}
