/* What a browser keeps for one member of staff: what they were about to say, and what they changed in a service's texts. */

import { type Area, Vault } from "../../platform/vault.ts";
import type { Edits } from "./edits.ts";
import type { Draft } from "./reply_box.ts";

/** `drafts` by service and chat, `edits` by service. */
export interface Kept {
    readonly drafts: Area<Draft>;
    readonly edits: Area<Edits>;
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
        close: () => vault.close(),
        async destroy() {
            vault.close();
            await Vault.destroy(name);
        },
    };
}
