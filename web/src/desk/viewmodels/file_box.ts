/* Files on their way to a person. One after the other, each under an id of its own, so that it is sent once. */

import type { Prepared } from "../../platform/pictures.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import { Refused } from "../api/http.ts";
import type { SentFile } from "../api/inbox_api.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

/** As large as the gateway takes. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** The status that asks for patience, and refuses nothing. */
const TOO_FAST = 429;

export type PendingFile = { txn_id: string; name: string; state: "sending" | "failed" };

/** A file with what travels of it. */
type Waiting = PendingFile & { file: SentFile };

export type FileBoxState = {
    pending: readonly PendingFile[];
    /** Why a file was not taken; it is gone from the pending ones then. */
    trouble: Trouble | null;
};

export type FileBoxGround = {
    send: (file: SentFile) => Promise<unknown>;
    /** Draw a photo anew, so that nothing is left of where it was taken; null for what is no picture. */
    prepare: (file: Blob) => Promise<Prepared | null>;
    mint: () => string;
};

export class FileBox extends ViewModel<FileBoxState> {
    readonly #ground: FileBoxGround;
    /** Beside the state, which stands still once nobody looks: what is on its way goes on. */
    #pending: readonly Waiting[] = [];
    #sending = false;

    constructor(ground: FileBoxGround) {
        super({ pending: [], trouble: null });
        this.#ground = ground;
    }

    /** Send files in their order. */
    async send(files: readonly File[]): Promise<void> {
        this.update({ trouble: null });
        for (const file of files) await this.#add(file);
        await this.#work();
    }

    /** Send again what did not go. */
    async retry(): Promise<void> {
        this.#queue(this.#pending.map((each) => ({ ...each, state: "sending" })));
        await this.#work();
    }

    /** Do not send what has failed; it may have arrived. */
    drop(): void {
        this.#queue(this.#pending.filter(({ state }) => state !== "failed"));
    }

    async #add(file: File): Promise<void> {
        const photo = file.type.startsWith("image/") ? await this.#ground.prepare(file) : null;
        const sent = photo?.file ?? file;
        if (sent.size > MOST_BYTES || sent.size === 0) {
            this.update({ trouble: { code: sent.size === 0 ? "FILE_EMPTY" : "FILE_TOO_LARGE", details: {} } });
            return;
        }
        const txn_id = this.#ground.mint();
        const name = nameOf(file.name, photo === null || sent === file ? null : sent.type);
        const { width, height } = photo ?? { width: 0, height: 0 };
        const travelling = { file: sent, name, width, height, txn_id };
        this.#queue([...this.#pending, { txn_id, name, state: "sending", file: travelling }]);
    }

    async #work(): Promise<void> {
        if (this.#sending) return;
        this.#sending = true;
        try {
            for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#sendOne(next);
        } finally {
            this.#sending = false;
        }
    }

    #next() {
        return this.#pending.find(({ state }) => state === "sending");
    }

    async #sendOne({ txn_id, file }: { txn_id: string; file: SentFile }): Promise<void> {
        const others = () => this.#pending.filter((each) => each.txn_id !== txn_id);
        try {
            await this.#ground.send(file);
            this.#queue(others());
        } catch (error) {
            if (error instanceof Refused && error.status !== TOO_FAST) {
                this.#queue(others());
                this.update({ trouble: troubleOf(error) });
            } else {
                this.#queue(
                    this.#pending.map((each) => (each.txn_id === txn_id ? { ...each, state: "failed" } : each)),
                );
            }
        }
    }

    #queue(pending: readonly Waiting[]): void {
        this.#pending = pending;
        this.update({ pending: pending.map(({ txn_id, name, state }) => ({ txn_id, name, state })) });
    }
}

/** A picture that was drawn anew is called as its new type is. */
function nameOf(name: string, type: string | null): string {
    if (type === null) return name;
    return `${name.replace(/\.[^.]*$/, "")}.${type === "image/jpeg" ? "jpg" : type.replace("image/", "")}`;
}
