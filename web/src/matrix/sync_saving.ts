/* Writing down what syncs have brought, so that the app opens with it, offline too. */

import type { ISyncResponse } from "matrix-js-sdk/lib/matrix";
import type { IStore } from "matrix-js-sdk/lib/store/index";

/** js-sdk writes every five minutes, all of it. Whoever loses the connection would miss that much. */
const AFTER_MS = 60_000;

/** Saves a store when there is something to save. */
export class SyncSaving {
    readonly #save: () => Promise<void>;
    #unsaved = false;
    #timer: ReturnType<typeof setTimeout> | undefined;

    /** Takes the saving over from js-sdk, which also saves when nothing has come. */
    constructor(store: IStore) {
        const save = store.save.bind(store);
        this.#save = () => save(true);
        store.save = () => Promise.resolve();
        const take = store.setSyncData.bind(store);
        store.setSyncData = async (sync) => {
            await take(sync);
            if (bringsSomething(sync)) this.#soon();
        };
    }

    /** Write down what has come since the last time. */
    async save(): Promise<void> {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (!this.#unsaved) return;
        this.#unsaved = false;
        await this.#save();
    }

    stop(): void {
        clearTimeout(this.#timer);
    }

    #soon(): void {
        this.#unsaved = true;
        this.#timer ??= setTimeout(() => void this.save(), AFTER_MS);
    }
}

function bringsSomething({ rooms, account_data: accountData }: ISyncResponse): boolean {
    const chats = Object.values(rooms ?? {}).some((each) => Object.keys(each ?? {}).length > 0);
    return chats || (accountData?.events.length ?? 0) > 0;
}
