/* Files on their way: encrypted here before they leave, decrypted here after they have come. The server has ciphertext.
 * spec: client-server-api#sending-encrypted-attachments */

import { encryptAttachment } from "matrix-encrypt-attachment";
import type { IContent } from "matrix-js-sdk/lib/matrix";

import { BlobShelf, type HeldBlob } from "../../platform/blob_shelf.ts";
import { UNKNOWN_TYPE } from "../../platform/magic_bytes.ts";
import type { Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import { asFetchFailed, download, FetchFailed, type OnProgress, opened, renewing } from "./downloads.ts";
import { type FileKey, type MediaSource, readMedia, readSticker } from "./media_body.ts";

/** Decrypted files that stay in memory. A dozen photos and some films; a cheap phone has room for it. */
const SHELF_BYTES = 96 * 1024 * 1024;

/** Encrypts, uploads, downloads and decrypts. */
export class Attachments {
    readonly #session: Session;
    readonly #shelf = new BlobShelf(SHELF_BYTES);
    readonly #coming = new Map<string, Promise<void>>();

    readonly #unfollow: Stop;

    constructor(session: Session) {
        this.#session = session;
        this.#unfollow = session.disappearing.onGone((_, events) => {
            for (const event of events) this.#letGo(event.getContent());
        });
    }

    /** Encrypt a file with a key of its own, and keep it until `forget`. Whoever shows it finds it on the shelf. */
    async keep(file: Blob): Promise<FileKey> {
        const { data, info } = await encryptAttachment(await file.arrayBuffer());
        const sha256 = info.hashes?.sha256;
        if (sha256 === undefined) throw new Error("What is encrypted has a hash.");
        await this.#kept.put(sha256, new Uint8Array(data));
        await this.#shelf.put(sha256, file);
        return { key: info.key.k, iv: info.iv, sha256 };
    }

    /** Delete what was kept of a file. */
    async forget(id: string): Promise<void> {
        await this.#kept.delete(id);
    }

    /** Upload what was kept and return its address; the server learns neither its name nor its type. */
    async uploadKept(id: string, { progress, signal }: { progress: OnProgress; signal: AbortSignal }): Promise<string> {
        const bytes = await this.#kept.get(id);
        if (bytes === undefined) throw new Error("A file that was to be sent is not here any more.");
        const abortController = new AbortController();
        signal.addEventListener("abort", () => abortController.abort(), { once: true });
        const begin = () =>
            this.#session.client.uploadContent(new Blob([bytes]), {
                type: UNKNOWN_TYPE,
                includeFilename: false,
                abortController,
                progressHandler: ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total),
            });
        const { content_uri: url } = await renewing(this.#session, begin);
        return url;
    }

    /** Use a file that is here already; null if it would have to be fetched. */
    hold({ id }: MediaSource): HeldBlob | null {
        return this.#shelf.hold(id);
    }

    /** Fetch a file and use it; throws `FetchFailed`. */
    async fetch(source: MediaSource, progress: OnProgress): Promise<HeldBlob> {
        await this.#bring(source, progress);
        const held = this.#shelf.hold(source.id);
        // What came for another may have made room already.
        return held ?? this.fetch(source, progress);
    }

    /** Fetch a file itself, to send it on; throws `FetchFailed`. */
    async blob(source: MediaSource): Promise<Blob> {
        await this.#bring(source, () => {});
        return this.#shelf.blob(source.id) ?? this.blob(source);
    }

    /** Let go of every file in memory. */
    close(): void {
        this.#unfollow();
        this.#shelf.clear();
    }

    /** What a message showed disappears with it. */
    #letGo(content: IContent): void {
        const body = readMedia(content) ?? readSticker(content);
        for (const source of [body?.source, body?.thumbnail]) if (source) this.#shelf.drop(source.id);
    }

    /** Fetch what is not here, once for all who want it. */
    async #bring(source: MediaSource, progress: OnProgress): Promise<void> {
        if (this.#shelf.blob(source.id) !== null) return;
        let coming = this.#coming.get(source.id);
        if (coming === undefined) {
            coming = this.#download(source, progress).finally(() => this.#coming.delete(source.id));
            this.#coming.set(source.id, coming);
        }
        await coming;
    }

    async #download({ id, url, lock, size }: MediaSource, progress: OnProgress): Promise<void> {
        const begin = () => (url === "" ? this.#readKept(id) : download(this.#session, { mxc: url, size }, progress));
        const bytes = await renewing(this.#session, begin).catch(asFetchFailed);
        await this.#shelf.put(id, lock === null ? new Blob([bytes]) : await opened(lock, bytes));
    }

    /** What was not sent before a reload is shown all the same. */
    async #readKept(id: string): Promise<ArrayBuffer> {
        const bytes = await this.#kept.get(id);
        if (bytes === undefined) throw new FetchFailed("gone");
        return bytes.buffer;
    }

    get #kept() {
        return this.#session.vault.bytes("uploads");
    }
}
