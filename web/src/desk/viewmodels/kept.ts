/* What a browser keeps for one member of staff: what they were about to say, what they changed in a service's
 * texts, and of what they want to be told. */

import { type Area, Vault } from "../../platform/vault.ts";
import type { Arrival } from "./arrivals.ts";
import type { Edits } from "./edits.ts";
import type { Draft } from "./reply_box.ts";

/** `drafts` by service and chat, `edits` by service, `notices`: of what one wants to be told. `arrivals` by service:
 * who came while there was no connection. */
export interface Kept {
    readonly drafts: Area<Draft>;
    readonly edits: Area<Edits>;
    readonly notices: Area<boolean>;
    readonly arrivals: Area<readonly Arrival[]>;
    close(): void;
    /** Forget it all: somebody else may sit here next. */
    destroy(): Promise<void>;
}

/** Open what is kept for somebody. Several may use one computer: each has a store of their own. */
export async function openKept(userId: string): Promise<Kept> {
    const name = `amanat-desk-${userId}`;
    const vault = await Vault.open(name);
    return {
        drafts: vault.area<Draft>("drafts"),
        edits: vault.area<Edits>("edits"),
        notices: vault.area<boolean>("notices"),
        arrivals: vault.area<readonly Arrival[]>("arrivals"),
        close: () => void vault.close(),
        async destroy() {
            await vault.close();
            await Vault.destroy(name);
        },
    };
}
