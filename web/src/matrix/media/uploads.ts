/* Files that wait to be sent: encrypted at once and kept on this device until the server has them, so that neither a
 * reload nor a lost connection loses one. The outbox says whose turn it is; here is what a turn consists of. */

import type { IContent } from "matrix-js-sdk/lib/matrix";

import { type Followed, Observable, until } from "../../platform/observable.ts";
import type { Queued } from "../sending/chat_queue.ts";
import type { Outbox } from "../sending/outbox.ts";
import type { Draft, Sending } from "../sending/sending.ts";
import type { Attachments } from "./attachments.ts";
import { readMedia, readSticker } from "./media_body.ts";
import { type Described, mediaContent, type Sealed, typeOf } from "./media_content.ts";

/** A file with what is said of it. */
export type Outgoing = {
    described: Described;
    file: Blob;
    thumbnail: { file: Blob; width: number; height: number } | null;
    /** What else stands in its content. */
    extra?: IContent;
};

/** How the outbox knows what is made ready here. */
const PREPARE = "media";

export class Uploads {
    readonly #attachments: Attachments;
    readonly #outbox: Outbox;
    readonly #fractions = new Observable<ReadonlyMap<string, number>>(new Map());
    /** By the transaction id of the message that it becomes. */
    readonly #underWay = new Map<string, { roomId: string; abort: AbortController }>();
    /** What is on the server already though its message is not, by the hash of the ciphertext. */
    readonly #uploaded = new Map<string, string>();

    constructor(attachments: Attachments, outbox: Outbox) {
        this.#attachments = attachments;
        this.#outbox = outbox;
        outbox.prepareWith(PREPARE, (sending) => this.#prepare(sending));
    }

    /** How much of each upload that is under way is on the server, from 0 to 1, by the message's key. */
    get fractions(): Followed<ReadonlyMap<string, number>> {
        return this.#fractions;
    }

    /** Encrypt a file and keep it; once this resolves it will be sent, whatever happens to this page. */
    async add(roomId: string, { described, file, thumbnail, extra }: Outgoing): Promise<void> {
        const sealed = await this.#seal(file);
        const small = thumbnail && { ...thumbnail, ...(await this.#seal(thumbnail.file)) };
        const content = { ...mediaContent(described, sealed, small), ...extra };
        const key = await this.#outbox.add(roomId, {
            type: typeOf(described),
            content,
            prepare: PREPARE,
        });
        void this.#forgetAfter(roomId, key, content);
    }

    /** Send a file on that came in a message: the copy has a key and an address of its own. `extra` goes with it. */
    async forward(roomId: string, content: IContent, extra: IContent): Promise<void> {
        const body = readMedia(content) ?? readSticker(content);
        if (body === null) throw new Error("There is no file in this message.");
        const { source, thumbnail, width, height } = body;
        const small =
            thumbnail && width && height ? { file: await this.#attachments.blob(thumbnail), width, height } : null;
        await this.add(roomId, {
            described: body,
            file: await this.#attachments.blob(source),
            thumbnail: small,
            extra,
        });
    }

    /** Stop an upload, and forget it; false if it is too late. */
    async cancel(key: string): Promise<boolean> {
        const going = this.#underWay.get(key);
        if (going === undefined) return this.#outbox.cancel(key);
        going.abort.abort();
        // The outbox drops nothing that it is just sending: it has to hear of the end first.
        const isSending = ({ key: each, state }: Queued) => each === key && state === "sending";
        await until(this.#outbox.pending(going.roomId), (entries) => !entries.some(isSending));
        return this.#outbox.cancel(key);
    }

    /** Stop whatever is under way; the next visit takes it up. */
    dispose(): void {
        for (const { abort } of this.#underWay.values()) abort.abort();
    }

    async #seal(file: Blob): Promise<Sealed> {
        return { url: "", lock: await this.#attachments.keep(file), size: file.size, type: file.type };
    }

    async #prepare({ roomId, draft, transactionId: key }: Sending): Promise<Draft> {
        void this.#forgetAfter(roomId, key, draft.content);
        const content = structuredClone(draft.content);
        const files = filesIn(content);
        const abort = new AbortController();
        this.#underWay.set(key, { roomId, abort });
        try {
            // The thumbnail comes last in `files`, and is so small that it counts for nothing.
            for (const [place, file] of files.entries()) {
                const progress = place === 0 ? (fraction: number) => this.#show(key, fraction) : () => {};
                file.url = await this.#upload(file.hashes.sha256, { progress, signal: abort.signal });
            }
        } finally {
            this.#underWay.delete(key);
            this.#show(key, null);
        }
        return { ...draft, content, media: files.map(({ url }) => url) };
    }

    async #upload(id: string, options: { progress: (fraction: number) => void; signal: AbortSignal }): Promise<string> {
        const url = this.#uploaded.get(id) ?? (await this.#attachments.uploadKept(id, options));
        this.#uploaded.set(id, url);
        return url;
    }

    /** What is kept of a file goes when its message is sent or dropped. */
    async #forgetAfter(roomId: string, key: string, content: IContent): Promise<void> {
        await until(this.#outbox.pending(roomId), (entries) => entries.every((entry) => entry.key !== key));
        for (const { hashes } of filesIn(content)) {
            this.#uploaded.delete(hashes.sha256);
            await this.#attachments.forget(hashes.sha256);
        }
    }

    #show(key: string, fraction: number | null): void {
        const fractions = new Map(this.#fractions.value);
        if (fraction === null) fractions.delete(key);
        else fractions.set(key, fraction);
        this.#fractions.set(fractions);
    }
}

type EncryptedFile = { url: string; hashes: { sha256: string } };

/** Return the files in content of our own making. */
function filesIn(content: IContent): EncryptedFile[] {
    const { thumbnail_file: thumbnail } = content.info as { thumbnail_file?: EncryptedFile };
    return [content.file as EncryptedFile, ...(thumbnail === undefined ? [] : [thumbnail])];
}
