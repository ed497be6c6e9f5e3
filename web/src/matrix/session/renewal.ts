/* Whether a session goes on: its tokens are renewed once more, and only the server's own refusal ends it.
 * spec: client-server-api#refresh-token-grant */

import { OAuth2, OAuth2HTTPError } from "matrix-js-sdk/lib/oauth/index";

import type { Vault } from "../../platform/vault.ts";
import { KeptCredentials } from "./credentials.ts";
import { quiet } from "./quiet.ts";
import { serverMetadata } from "./sign_in.ts";

const AGAIN_AFTER_MS = 5_000;

/** Renew the tokens that are kept; false if the server refuses. Waits for as long as there is no answer. */
export async function renew(vault: Vault, origin: string): Promise<boolean> {
    const kept = new KeptCredentials(vault);
    const credentials = await kept.get();
    if (credentials === null || credentials.refreshToken === null) return false;
    const { clientId, deviceId, refreshToken } = credentials;
    while (true) {
        try {
            const auth = new OAuth2(await serverMetadata(origin), { clientId, deviceId }, quiet);
            const tokens = await auth.performRefreshTokenGrant(refreshToken);
            await kept.renew({ accessToken: tokens.access_token, refreshToken: tokens.refresh_token });
            return true;
        } catch (error) {
            if (isRefusal(error)) return false;
            await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
        }
    }
}

function isRefusal(error: unknown): boolean {
    const status = error instanceof OAuth2HTTPError ? error.httpStatus : undefined;
    return status !== undefined && status >= 400 && status < 500 && status !== 429;
}
