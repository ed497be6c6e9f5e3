/* What was sent in a chat beside words: brought when somebody wants to see it, and in memory while the chat is open. */

import type { BlobShelf } from "../../platform/blob_shelf.ts";
import type { SafeType } from "../../platform/magic_bytes.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export type OpenFile =
    | { state: "coming" }
    /** `type`: what its bytes are; null for what is only saved. */
    | { state: "shown"; url: string; type: SafeType | null }
    | { state: "failed"; trouble: Trouble };

export type LineFilesGround = {
    open: (position: number) => Promise<Blob>;
    address: (position: number) => string;
    shelf: BlobShelf;
};

export class LineFiles extends ViewModel<{ files: ReadonlyMap<number, OpenFile> }> {
    readonly #ground: LineFilesGround;

    constructor(ground: LineFilesGround) {
        super({ files: new Map() });
        this.#ground = ground;
        this.own(() => ground.shelf.clear());
    }

    /** Return where a browser downloads the file of a line. */
    address(position: number): string {
        return this.#ground.address(position);
    }

    /** Show the file of a line; one that has failed is brought again. */
    async show(position: number): Promise<void> {
        const before = this.value.files.get(position)?.state;
        if (before === "coming" || before === "shown") return;
        this.#put(position, { state: "coming" });
        try {
            const { open, shelf } = this.#ground;
            await shelf.put(`${position}`, await open(position));
            const held = shelf.hold(`${position}`);
            if (held !== null) this.#put(position, { state: "shown", url: held.url, type: held.type });
        } catch (error) {
            this.#put(position, { state: "failed", trouble: troubleOf(error) });
        }
    }

    #put(position: number, file: OpenFile): void {
        this.update({ files: new Map([...this.value.files, [position, file]]) });
    }
}
