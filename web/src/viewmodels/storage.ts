/* What the app takes up on this device, and what of it can be let go. */

import { keepStorage, type StorageUsed, storageUsed } from "../platform/storage.ts";
import { ViewModel } from "./view_model.ts";

/** Something that can be let go without losing anything: it is made or fetched again. */
export interface Spare {
    /** Which of the words of the storage page names it. */
    readonly name: "search";
    /** How many things are in it. */
    count(): Promise<number>;
    free(): Promise<void>;
}

export type StorageState = {
    used: StorageUsed | null;
    spares: readonly { name: Spare["name"]; count: number }[];
    busy: boolean;
};

export class Storage extends ViewModel<StorageState> {
    readonly #spares: readonly Spare[];

    constructor(spares: readonly Spare[]) {
        super({ used: null, spares: [], busy: false });
        this.#spares = spares;
    }

    async look(): Promise<void> {
        const spares = await Promise.all(
            this.#spares.map(async (spare) => ({ name: spare.name, count: await spare.count() })),
        );
        this.update({ used: await storageUsed(), spares });
    }

    async free(name: Spare["name"]): Promise<void> {
        this.update({ busy: true });
        try {
            await this.#spares.find((spare) => spare.name === name)?.free();
            await this.look();
        } finally {
            this.update({ busy: false });
        }
    }

    /** Have the browser keep everything though the disk be full. */
    async keep(): Promise<boolean> {
        return keepStorage();
    }
}
