/* The phones and computers that one is signed in on. */

import { type OwnDevice, ownDevices } from "../matrix/keys/own_devices.ts";
import type { Session } from "../matrix/session/session.ts";
import { ViewModel } from "./view_model.ts";

/** `devices` is null until they have come. */
export type MyDevicesState = { devices: readonly OwnDevice[] | null; failed: boolean };

export class MyDevices extends ViewModel<MyDevicesState> {
    readonly #session: Session;

    constructor(session: Session) {
        super({ devices: null, failed: false });
        this.#session = session;
    }

    /** Ask the server; a list that is there stays while it cannot be reached. */
    async look(): Promise<void> {
        this.update({ failed: false });
        try {
            this.update({ devices: await ownDevices(this.#session, Date.now()) });
        } catch {
            this.update({ failed: true });
        }
    }
}
