/* Asking the server without js-sdk, which is forty times what the worker weighs. Only for who stands in for a window: two
 * that renewed the same tokens would sign each other out. */

import type { Vault } from "../../platform/vault.ts";
import { type Credentials, KeptCredentials } from "../session/credentials.ts";

/** The server did not answer as it should. */
export class Unanswered extends Error {
    override name = "Unanswered";
}

export class BareRequests {
    readonly #origin: string;
    readonly #kept: KeptCredentials;
    readonly #signal: AbortSignal;
    #credentials: Credentials;

    private constructor(origin: string, kept: KeptCredentials, credentials: Credentials, signal: AbortSignal) {
        this.#origin = origin;
        this.#kept = kept;
        this.#credentials = credentials;
        this.#signal = signal;
    }

    /** Ask as whoever is signed in here, until `signal` says that it is enough; null where nobody is. */
    static async open(vault: Vault, origin: string, signal: AbortSignal): Promise<BareRequests | null> {
        const kept = new KeptCredentials(vault);
        const credentials = await kept.get();
        return credentials && new BareRequests(origin, kept, credentials, signal);
    }

    get credentials(): Credentials {
        return this.#credentials;
    }

    /** Get what lies under a path, with tokens that are renewed once where the server wants that. */
    async get(path: string): Promise<unknown> {
        let answer = await this.#getOnce(path);
        if (answer.status === 401 && (await hasExpired(answer))) {
            await this.#renew();
            answer = await this.#getOnce(path);
        }
        return jsonOf(answer);
    }

    #getOnce(path: string): Promise<Response> {
        return this.#fetch(path, { headers: { authorization: `Bearer ${this.#credentials.accessToken}` } });
    }

    /** Get the next tokens. They are written down before they are used: until then the server takes the old ones too, so
     * that it does no harm to be killed anywhere in here. */
    async #renew(): Promise<void> {
        const { refreshToken, clientId } = this.#credentials;
        if (refreshToken === null) throw new Unanswered("This session has no refresh token.");
        const said = record(await jsonOf(await this.#fetch("/_matrix/client/v1/auth_metadata")));
        const body = new URLSearchParams({
            grant_type: "refresh_token",
            client_id: clientId,
            refresh_token: refreshToken,
        });
        const tokens = record(await jsonOf(await this.#fetch(text(said.token_endpoint), { method: "POST", body })));
        const next = typeof tokens.refresh_token === "string" ? tokens.refresh_token : undefined;
        this.#credentials = await this.#kept.renew({ accessToken: text(tokens.access_token), refreshToken: next });
    }

    #fetch(address: string, request: RequestInit = {}): Promise<Response> {
        const url = new URL(address, this.#origin);
        if (url.origin !== this.#origin) throw new Unanswered("Tokens go to the app's own server alone.");
        return fetch(url, { ...request, cache: "no-store", credentials: "omit", signal: this.#signal });
    }
}

/** Whether a refused token has only grown old. spec: client-server-api#soft-logout */
async function hasExpired(answer: Response): Promise<boolean> {
    return record(await answer.json()).soft_logout === true;
}

async function jsonOf(answer: Response): Promise<unknown> {
    if (!answer.ok) throw new Unanswered(`The server answered ${answer.status}.`);
    return answer.json();
}

function record(value: unknown): Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
    if (typeof value !== "string") throw new Unanswered("The server left something out.");
    return value;
}
