/* A device that is signed in lets another one in, and hands it the keys. */

import type { Session } from "../session/session.ts";
import { Meeting } from "./meeting.ts";

export class OldDevice {
    readonly meeting: Meeting;
    readonly #session: Session;

    private constructor(meeting: Meeting, session: Session) {
        this.meeting = meeting;
        this.#session = session;
    }

    static async call(session: Session): Promise<OldDevice> {
        return new OldDevice(await Meeting.call(session), session);
    }

    static async join(code: Uint8Array, session: Session): Promise<OldDevice> {
        return new OldDevice(await Meeting.join(code, session), session);
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
        // What was written a moment ago is read on the new device, too.
        await this.#session.backUp();
        await this.meeting.attempt(() => this.meeting.flow.shareSecrets());
    }
}
