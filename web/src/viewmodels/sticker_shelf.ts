/* One's own stickers as a picker shows them, and making new ones. */

import type { Attachments } from "../matrix/media/attachments.ts";
import type { MediaBody } from "../matrix/media/media_body.ts";
import type { Sticker } from "../matrix/media/sticker_list.ts";
import type { Stickers } from "../matrix/media/stickers.ts";
import type { Where } from "../matrix/sending/written.ts";
import { describePicture, prepareSticker, type Sized } from "../platform/pictures.ts";
import { NewSticker } from "./new_sticker.ts";
import { ViewModel } from "./view_model.ts";

export type { Sticker } from "../matrix/media/sticker_list.ts";

export type StickerShelfState = {
    stickers: readonly Sticker[];
    /** One could not be sent, or removed. */
    failed: boolean;
};

/** As large as a sticker is drawn, in pixels. spec: client-server-api#msticker */
const SIDE = 512;
/** Somebody else's is taken as it is, so that it still moves, unless it is larger than this. */
const SMALL_BYTES = 300_000;

export class StickerShelf extends ViewModel<StickerShelfState> {
    readonly #stickers: Stickers;
    readonly #attachments: Attachments;

    constructor(stickers: Stickers, attachments: Attachments) {
        super({ stickers: [], failed: false });
        this.#stickers = stickers;
        this.#attachments = attachments;
        this.own(stickers.follow());
        this.follow(stickers.list, (list) => this.update({ stickers: list }));
    }

    /** Send a sticker into a chat; false if that did not work. */
    send(where: Where, sticker: Sticker): Promise<boolean> {
        return this.#try(() => this.#stickers.send(where, sticker));
    }

    remove({ id }: Sticker): Promise<boolean> {
        return this.#try(() => this.#stickers.remove(id));
    }

    /** Begin a sticker from a picture; whoever calls it disposes of what is returned. */
    fromPicture(file: Blob): NewSticker {
        return new NewSticker(this.#stickers, { picture: () => prepareSticker(file, SIDE), name: "" });
    }

    /** Begin to take over a sticker that was received; whoever calls it disposes of what is returned. */
    fromMessage(body: MediaBody): NewSticker {
        return new NewSticker(this.#stickers, { picture: () => this.#received(body), name: body.name });
    }

    async #received({ source }: MediaBody): Promise<Sized | null> {
        const file = await this.#attachments.blob(source);
        return file.size > SMALL_BYTES ? prepareSticker(file, SIDE) : describePicture(file);
    }

    async #try(act: () => Promise<void>): Promise<boolean> {
        this.update({ failed: false });
        try {
            await act();
            return true;
        } catch {
            this.update({ failed: true });
            return false;
        }
    }
}
