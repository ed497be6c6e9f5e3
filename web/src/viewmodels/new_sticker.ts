/* A sticker that is being made: its picture, and what is said of it to whoever does not see it. */

import { type Stickers, TooMany } from "../matrix/media/stickers.ts";
import { BlobShelf } from "../platform/blob_shelf.ts";
import type { Sized } from "../platform/pictures.ts";
import { ViewModel } from "./view_model.ts";

export type NewStickerState = {
    /** Where its picture is; null until that is ready. */
    url: string | null;
    name: string;
    busy: boolean;
    problem: "unreadable" | "too-many" | "failed" | null;
};

/** Where its picture comes from: null for what this browser cannot read. */
type Given = { picture: () => Promise<Sized | null>; name: string };

const KEY = "picture";
const PREVIEW_BYTES = 4 * 1024 * 1024;

export class NewSticker extends ViewModel<NewStickerState> {
    readonly #stickers: Stickers;
    readonly #preview = new BlobShelf(PREVIEW_BYTES);
    #picture: Sized | null = null;

    constructor(stickers: Stickers, { picture, name }: Given) {
        super({ url: null, name, busy: true, problem: null });
        this.#stickers = stickers;
        this.own(() => this.#preview.clear());
        void this.#prepare(picture);
    }

    /** Say what is on it. */
    describe(name: string): void {
        this.update({ name });
    }

    /** Keep it; false if that did not work. */
    async save(): Promise<boolean> {
        const { name, busy } = this.value;
        if (this.#picture === null || busy || name.trim() === "") return false;
        this.update({ busy: true, problem: null });
        try {
            await this.#stickers.add({ ...this.#picture, name: name.trim() });
            return true;
        } catch (error) {
            this.update({ problem: error instanceof TooMany ? "too-many" : "failed" });
            return false;
        } finally {
            this.update({ busy: false });
        }
    }

    async #prepare(picture: Given["picture"]): Promise<void> {
        try {
            this.#picture = await picture();
            if (this.#picture === null) return this.update({ busy: false, problem: "unreadable" });
            await this.#preview.put(KEY, this.#picture.file);
            this.update({ busy: false, url: this.#preview.hold(KEY)?.url ?? null });
        } catch {
            this.update({ busy: false, problem: "failed" });
        }
    }
}
