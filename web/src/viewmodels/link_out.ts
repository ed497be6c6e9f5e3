/* This device lets another one in. */

import { OldDevice } from "../matrix/keys/linking_out.ts";
import type { Session } from "../matrix/session/session.ts";
import { Linking } from "./linking.ts";

export class LinkOut extends Linking<OldDevice> {
    override readonly side = "old";
    readonly #session: Session;
    #open: (() => void) | null = null;

    constructor(session: Session) {
        super();
        this.#session = session;
    }

    /** The person goes to the page where they decide. */
    opened(): void {
        this.#open?.();
    }

    protected override call(): Promise<OldDevice> {
        return OldDevice.call(this.#session);
    }

    protected override join(code: Uint8Array): Promise<OldDevice> {
        return OldDevice.join(code, this.#session);
    }

    protected override async proceed(device: OldDevice, digits: string): Promise<void> {
        this.reach({ step: "await", digits });
        const page = await device.asked();
        this.reach({ step: "approve", page, opened: false });
        await new Promise<void>((resolve) => {
            this.#open = resolve;
        });
        this.reach({ step: "approve", page, opened: true });
        await device.admit();
        this.reach({ step: "done" });
    }
}
