/* A device that is signed in lets another one in, and hands it the keys. */

import { Meeting } from "./meeting.ts";
import type { Session } from "./session.ts";

export class OldDevice {
    readonly meeting: Meeting;

    private constructor(meeting: Meeting) {
        this.meeting = meeting;
    }

    static async call({ origin, client }: Session): Promise<OldDevice> {
        return new OldDevice(await Meeting.call({ origin, client }));
    }

    static async join(code: Uint8Array, { origin, client }: Session): Promise<OldDevice> {
        return new OldDevice(await Meeting.join(code, { origin, client }));
    }

    /** Wait for what the new device asks; return the address of the page where its person lets it in. */
    async asked(): Promise<string> {
        return this.meeting.attempt(async () => {
            const { verificationUri } = await this.meeting.flow.deviceAuthorizationGrant();
            if (verificationUri === undefined) throw new Error("The new device named no page.");
            return verificationUri;
        });
    }

    /** Wait until the person has let the device in, and hand the keys over. */
    async admit(): Promise<void> {
        await this.meeting.attempt(() => this.meeting.flow.shareSecrets());
    }
}
