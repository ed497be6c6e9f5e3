/* This device is the new one: it is let in by a device that the person has. */

import { NewDevice } from "../matrix/keys/linking_in.ts";
import type { Tokens } from "../matrix/session/sign_in.ts";
import { Linking } from "./linking.ts";

/** `admit` opens the session that the tokens are for; then the keys come. */
export type LinkInGround = {
    origin: string;
    admit: (tokens: Tokens, device: NewDevice) => Promise<void>;
    cancel: () => void;
};

export class LinkIn extends Linking<NewDevice> {
    override readonly side = "new";
    readonly #ground: LinkInGround;

    constructor(ground: LinkInGround) {
        super();
        this.#ground = ground;
    }

    /** Go back to where this was begun. */
    cancel(): void {
        this.dispose();
        this.#ground.cancel();
    }

    protected override call(): Promise<NewDevice> {
        return NewDevice.call(this.#ground.origin);
    }

    protected override join(code: Uint8Array): Promise<NewDevice> {
        return NewDevice.join(code, this.#ground.origin);
    }

    protected override async proceed(device: NewDevice, digits: string): Promise<void> {
        const asked = await device.ask();
        this.reach({ step: "wait", digits, asked });
        const tokens = await device.admitted();
        this.reach({ step: "finish" });
        await this.#ground.admit(tokens, device);
    }
}
