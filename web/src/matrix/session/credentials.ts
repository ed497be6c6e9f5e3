/* What a session is on disk: who, which device, and the tokens that prove it. */

import type { Vault } from "../../platform/vault.ts";

/** The vault of the one account of this browser. */
export const VAULT = "amanat";
/** Who holds this name owns the session: its tokens, its keys and its stores. */
export const SESSION_LOCK = "amanat-session";

export type Credentials = {
    userId: string;
    deviceId: string;
    /** Of this app at the server's OAuth API. */
    clientId: string;
    accessToken: string;
    refreshToken: string | null;
};

/** What the server gives for a refresh token. */
export type NextTokens = { accessToken: string; refreshToken?: string | undefined };

/** Where the credentials lie. */
export class KeptCredentials {
    readonly #area;

    constructor(vault: Vault) {
        this.#area = vault.area<Credentials>("credentials");
    }

    async get(): Promise<Credentials | null> {
        return (await this.#area.get("own")) ?? null;
    }

    async keep(credentials: Credentials): Promise<void> {
        await this.#area.put("own", credentials);
    }

    /** Keep the next tokens; without another refresh token the one before goes on. Only for whoever owns the session: what
     * two wrote would sign one of them out. */
    async renew({ accessToken, refreshToken }: NextTokens): Promise<Credentials> {
        const before = await this.get();
        if (before === null) throw new Error("Nobody is signed in here.");
        const after = { ...before, accessToken, refreshToken: refreshToken ?? before.refreshToken };
        await this.keep(after);
        return after;
    }
}
