/* In which words the staff read what the flow asked: as far as its folder gives any, and else as the flow names it. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { FlowWords } from "../api/inbox_api.ts";
import { newest } from "./newest.ts";

export class Wording extends ViewModel<FlowWords> {
    readonly #bring: () => Promise<FlowWords>;
    readonly #newest = newest();

    constructor({ bring, changed }: { bring: () => Promise<FlowWords>; changed: (listener: () => void) => Stop }) {
        super({ names: {}, options: {} });
        this.#bring = bring;
        this.own(changed(() => this.refresh()));
        void this.refresh();
    }

    async refresh(): Promise<void> {
        await this.#newest(
            this.#bring(),
            (words) => this.update(words),
            // Names are better than nothing, and the pulse brings the words when it is back.
            () => {},
        );
    }
}

/** Return what a variable is called in a language, or in any that has a word for it. */
export function nameIn({ names }: FlowWords, name: string, language: string): string {
    return inWords(own(names, name), language) ?? name;
}

/** Return what a variable holds, in words where it is an option of a menu. */
export function valueIn({ options }: FlowWords, name: string, value: string, language: string): string {
    return inWords(own(own(options, name), value), language) ?? value;
}

function inWords(words: Readonly<Record<string, string>> | undefined, language: string): string | undefined {
    return words === undefined ? undefined : (words[language] ?? Object.values(words)[0]);
}

/** What citizens write may be called as what every object has. */
function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
    return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
