/* Making a new message unlock code, for whoever has lost the one before or put it off. */

import { Recovery } from "../matrix/keys/recovery.ts";
import type { Session } from "../matrix/session/session.ts";
import { KeepCode } from "./keep_code.ts";
import { ViewModel } from "./view_model.ts";

export type RenewState =
    | { step: "ask"; busy: boolean; failed: boolean }
    | { step: "made"; keep: KeepCode }
    | { step: "done" };

export class RenewCode extends ViewModel<{ state: RenewState }> {
    readonly #recovery: Recovery;

    constructor(session: Session) {
        super({ state: { step: "ask", busy: false, failed: false } });
        this.#recovery = new Recovery(session);
    }

    async renew(): Promise<void> {
        this.update({ state: { step: "ask", busy: true, failed: false } });
        try {
            const made = await this.#recovery.renew();
            const keep = new KeepCode(made, this.#recovery, () => this.update({ state: { step: "done" } }));
            this.own(() => keep.dispose());
            this.update({ state: { step: "made", keep } });
        } catch {
            this.update({ state: { step: "ask", busy: false, failed: true } });
        }
    }
}
