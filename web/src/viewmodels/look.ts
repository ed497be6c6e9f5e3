/* How the app looks, speaks and listens on this device: language, theme, size of text, keys. It is of the device, not of the account:
 * it lies in a store of its own that outlives a sign-out, so that the first screen already speaks somebody's language. */

import { Vault } from "../platform/vault.ts";
import { ViewModel } from "./view_model.ts";

export const THEMES = ["system", "light", "dark"] as const;
export const TEXT_SIZES = ["normal", "large", "larger"] as const;

export type LookState = {
    /** Null: the one that the browser asks for. */
    language: "id" | "en" | null;
    theme: (typeof THEMES)[number];
    text: (typeof TEXT_SIZES)[number];
    /** Whether single letters are shortcuts. */
    letters: boolean;
};

const STORE = "amanat-look";
const USUAL: LookState = { language: null, theme: "system", text: "normal", letters: true };
/** The first screen does not wait longer than this for a slow disk. */
const PATIENCE_MS = 300;

export class Look extends ViewModel<LookState> {
    constructor() {
        super(USUAL);
    }

    /** Take up what was chosen; a browser that keeps nothing looks as usual. */
    async load(): Promise<void> {
        const kept = this.#kept().catch(() => undefined);
        const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
        this.update((await Promise.race([kept, late])) ?? {});
    }

    async change(change: Partial<LookState>): Promise<void> {
        this.update(change);
        const vault = await Vault.open(STORE);
        try {
            await vault.area<LookState>("look").put("own", this.value);
        } finally {
            await vault.close();
        }
    }

    async #kept(): Promise<LookState | undefined> {
        const vault = await Vault.open(STORE);
        try {
            return await vault.area<LookState>("look").get("own");
        } finally {
            await vault.close();
        }
    }
}
