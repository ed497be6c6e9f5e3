/* A new device comes in: the person lets it in on the device that they have, which hands the keys over. */

import type { SecretsBundle } from "@matrix-org/matrix-sdk-crypto-wasm";
import { registeredApp, serverMetadata, type Tokens } from "../session/sign_in.ts";
import { LinkFailed, Meeting } from "./meeting.ts";

/** What the old device hands over. */
export type Handed = ReturnType<SecretsBundle["to_json"]>;

export class NewDevice {
    readonly meeting: Meeting;
    readonly #origin: string;
    #clientId = "";

    private constructor(meeting: Meeting, origin: string) {
        this.meeting = meeting;
        this.#origin = origin;
    }

    static async call(origin: string): Promise<NewDevice> {
        return new NewDevice(await Meeting.call({ origin, client: null }), origin);
    }

    static async join(code: Uint8Array, origin: string): Promise<NewDevice> {
        return new NewDevice(await Meeting.join(code, { origin, client: null }), origin);
    }

    /** Ask the server to be let in; return the two digits that its page will ask for. */
    async ask(): Promise<string> {
        return this.meeting.attempt(async () => {
            const metadata = await serverMetadata(this.#origin);
            this.#clientId = await registeredApp(this.#origin, metadata);
            const grant = { metadata, clientId: this.#clientId, deviceId: deviceId() };
            const { userCode } = await this.meeting.flow.deviceAuthorizationGrant(grant);
            return (userCode ?? "").slice(-2);
        });
    }

    /** Wait until the person has let this device in. */
    async admitted(): Promise<Tokens> {
        return this.meeting.attempt(async () => {
            const tokens = await this.meeting.flow.completeLoginOnNewDevice({ clientId: this.#clientId });
            if (tokens === undefined) throw new LinkFailed("failed");
            const { access_token: accessToken, refresh_token: refreshToken = null } = tokens;
            return { clientId: this.#clientId, accessToken, refreshToken };
        });
    }

    /** Say that this device is in; return the keys that the other hands over. */
    async takeKeys(): Promise<Handed> {
        return this.meeting.attempt(async () => {
            const { secrets } = await this.meeting.flow.shareSecrets();
            if (secrets === undefined) throw new LinkFailed("failed");
            return secrets;
        });
    }
}

/** Ten capital letters, as ids of devices are. */
function deviceId(): string {
    const letters = crypto.getRandomValues(new Uint8Array(10));
    return String.fromCharCode(...letters.map((letter) => 65 + (letter % 26)));
}
