/* A note for colleagues beside a chat; the person never sees it. */

import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Saying } from "../api/inbox_api.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export type NoteBoxState = { text: string; busy: boolean; trouble: Trouble | null };

type NoteGround = { add: (note: Saying) => Promise<unknown>; mint: () => string; added: () => void };

export class NoteBox extends ViewModel<NoteBoxState> {
    readonly #ground: NoteGround;
    /** The id of what stands in the field, once it was tried to add it. */
    #txnId: string | null = null;

    constructor(ground: NoteGround) {
        super({ text: "", busy: false, trouble: null });
        this.#ground = ground;
    }

    write(text: string): void {
        this.#txnId = null;
        this.update({ text, trouble: null });
    }

    /** Add what stands in the field; it stays there where that fails. */
    async add(): Promise<void> {
        const text = this.value.text.trim();
        if (text === "" || this.value.busy) return;
        this.#txnId ??= this.#ground.mint();
        this.update({ busy: true, trouble: null });
        try {
            await this.#ground.add({ text, txn_id: this.#txnId });
            this.#txnId = null;
            this.update({ text: "" });
            this.#ground.added();
        } catch (error) {
            this.update({ trouble: troubleOf(error) });
        } finally {
            this.update({ busy: false });
        }
    }
}
