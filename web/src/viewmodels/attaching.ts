/* Files that somebody has chosen and has not sent yet: looked at, written to, taken out again. */

import type { Uploads } from "../matrix/media/uploads.ts";
import { standing, type Where } from "../matrix/sending/written.ts";
import { BlobShelf } from "../platform/blob_shelf.ts";
import { outgoingOf } from "./outgoing.ts";
import { ViewModel } from "./view_model.ts";

export type Chosen = {
    key: string;
    name: string;
    bytes: number;
    /** Of a picture. */
    url: string | null;
};

export type AttachingState = {
    files: readonly Chosen[];
    caption: string;
    /** Every byte stays as it is. */
    asFile: boolean;
    busy: boolean;
    /** One could not be taken in; those that are left were not sent. */
    failed: boolean;
};

/** Who asks a person to look at files before they are sent. */
type Asked = { where: Where; uploads: Uploads; done: () => void };

/** Previews of a few photos; what does not fit is shown by its name. */
const PREVIEW_BYTES = 64 * 1024 * 1024;

export class Attaching extends ViewModel<AttachingState> {
    readonly #asked: Asked;
    readonly #files = new Map<string, File>();
    readonly #previews = new BlobShelf(PREVIEW_BYTES);

    constructor(asked: Asked) {
        super({ files: [], caption: "", asFile: false, busy: false, failed: false });
        this.#asked = asked;
        this.own(() => this.#previews.clear());
    }

    async add(files: readonly File[]): Promise<void> {
        for (const file of files) {
            const key = crypto.randomUUID();
            this.#files.set(key, file);
            await this.#previews.put(key, file);
            const preview = this.#previews.hold(key);
            const url = preview?.type?.startsWith("image/") ? preview.url : null;
            this.update({ files: [...this.value.files, { key, name: file.name, bytes: file.size, url }] });
        }
    }

    remove(key: string): void {
        this.#files.delete(key);
        this.update({ files: this.value.files.filter((each) => each.key !== key) });
        if (this.#files.size === 0) this.close();
    }

    write(caption: string): void {
        this.update({ caption });
    }

    sendAsFile(asFile: boolean): void {
        this.update({ asFile });
    }

    /** Hand everything to the outbox, in the order shown. */
    async send(): Promise<void> {
        const { asFile, busy } = this.value;
        if (busy) return;
        this.update({ busy: true, failed: false });
        try {
            for (const { key } of this.value.files) await this.#send(key, asFile);
            this.close();
        } catch {
            this.update({ busy: false, failed: true });
        }
    }

    close(): void {
        this.dispose();
        this.#asked.done();
    }

    async #send(key: string, asFile: boolean): Promise<void> {
        const file = this.#files.get(key);
        if (file === undefined) return;
        const { where, uploads } = this.#asked;
        const outgoing = await outgoingOf(file, { asFile, caption: this.value.caption.trim() });
        await uploads.add(where.roomId, { ...outgoing, extra: standing(where.place) });
        // The first of several answers.
        where.answered();
        // The caption goes with the first; what is sent is not sent again if a later one fails.
        this.#files.delete(key);
        this.update({ caption: "", files: this.value.files.filter((each) => each.key !== key) });
    }
}
