/* Signing in through the server's own pages: OAuth 2.0 authorization code with PKCE.
 * spec: client-server-api#login-via-the-oauth-20-api */

import { createClient, type ValidatedAuthMetadata } from "matrix-js-sdk/lib/matrix";
import { OAuth2 } from "matrix-js-sdk/lib/oauth/index";

import type { Place } from "../../platform/navigation.ts";
import { thisDevice } from "../../platform/this_device.ts";
import type { Vault } from "../../platform/vault.ts";
import type { Answer } from "./answer.ts";
import { type Credentials, KeptCredentials } from "./credentials.ts";
import { quiet } from "./quiet.ts";

export const APP_NAME = "Amanat";

/** What must outlive the visit to the server's pages; `place` is where in the app the person was. */
type Begun = { clientId: string; deviceId: string; codeVerifier: string; place: Place };

/** What the server gives to whoever it lets in. */
export type Tokens = Omit<Credentials, "userId" | "deviceId">;

/** Why a sign-in came to nothing: the person said no, or it was begun elsewhere or too long ago. */
export class SignInFailed extends Error {
    override name = "SignInFailed";
    readonly denied: boolean;

    constructor(message: string, { denied = false } = {}) {
        super(message);
        this.denied = denied;
    }
}

/** Signs in at the server of an origin. */
export class SignIn {
    readonly #origin: string;
    readonly #vault: Vault;

    constructor(origin: string, vault: Vault) {
        this.#origin = origin;
        this.#vault = vault;
    }

    /** Return the address of the page where a person signs in, or signs up if they are `fresh`. */
    async begin({ fresh, place }: { fresh: boolean; place: Place }): Promise<string> {
        const metadata = await serverMetadata(this.#origin);
        const auth = new OAuth2(metadata, { clientId: await registeredApp(this.#origin, metadata) });
        const state = crypto.randomUUID();
        const { clientId, deviceId, codeVerifier } = auth.context;
        await this.#begun.put(state, { clientId, deviceId, codeVerifier, place });
        return auth.generateAuthorizationCodeGrantUrl(state, this.#redirect, "fragment", fresh ? "create" : undefined);
    }

    /** Return where in the app the person was when they left for the server's pages, as by a link that they opened. */
    async leftFrom(answer: Answer): Promise<Place> {
        return (await this.#begun.get(answer.state))?.place ?? [];
    }

    /** Exchange what came back for a session, and keep it; throws `SignInFailed`. */
    async complete(answer: Answer): Promise<Credentials> {
        const begun = await this.#begun.get(answer.state);
        if (begun === undefined) throw new SignInFailed("This sign-in was not begun in this browser, or it is over.");
        await this.#begun.delete(answer.state);
        if ("error" in answer) {
            throw new SignInFailed(`The server answered ${answer.error}.`, {
                denied: answer.error === "access_denied",
            });
        }
        const auth = new OAuth2(await serverMetadata(this.#origin), begun, quiet);
        const tokens = await auth.completeAuthorizationCodeGrant(answer.code, this.#redirect);
        return keepTokens(this.#vault, this.#origin, {
            clientId: begun.clientId,
            accessToken: tokens.access_token,
            refreshToken: tokens.refresh_token ?? null,
        });
    }

    get #begun() {
        return this.#vault.area<Begun>("sign-in");
    }

    get #redirect(): string {
        return redirectOf(this.#origin);
    }
}

/** Ask the server whose tokens these are, and keep them. */
export async function keepTokens(vault: Vault, origin: string, tokens: Tokens): Promise<Credentials> {
    const client = createClient({ baseUrl: origin, accessToken: tokens.accessToken, logger: quiet });
    const { user_id: userId, device_id: deviceId } = await client.whoami();
    if (deviceId === undefined) throw new SignInFailed("The server gave this session no device.");
    const credentials = { ...tokens, userId, deviceId };
    await new KeptCredentials(vault).keep(credentials);
    // Every device of this app would be called alike. It is a help, no more: nothing waits for it.
    const device = thisDevice();
    if (device !== "")
        void client.setDeviceDetails(deviceId, { display_name: `${APP_NAME} (${device})` }).catch(() => {});
    return credentials;
}

/** Return what the server says of its OAuth API. */
export async function serverMetadata(origin: string): Promise<ValidatedAuthMetadata> {
    return createClient({ baseUrl: origin, logger: quiet }).getAuthMetadata();
}

/** Return the id under which the server knows this app; the same metadata always get the same one. */
export async function registeredApp(origin: string, metadata: ValidatedAuthMetadata): Promise<string> {
    return OAuth2.registerClient(
        metadata,
        {
            client_name: APP_NAME,
            client_uri: `${origin}/`,
            redirect_uris: [redirectOf(origin)],
            application_type: "web",
        },
        quiet,
    );
}

function redirectOf(origin: string): string {
    return `${origin}/`;
}
