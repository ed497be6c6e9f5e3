/* Reading tickets with the camera of the desk's device, one after the other. */

import { type Camera, openCamera } from "../../platform/camera.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";

/** `stream` is for a preview; `refused`: there is no camera, or nobody may use it. */
export type ScanningState = { stream: MediaStream | null; refused: boolean };

export type ScanningGround = {
    open?: () => Promise<Camera>;
    /** Somebody holds out a code; the next is read once this is done. */
    read: (text: string) => Promise<unknown>;
};

export class Scanning extends ViewModel<ScanningState> {
    readonly #ground: ScanningGround;
    #closed = false;

    constructor(ground: ScanningGround) {
        super({ stream: null, refused: false });
        this.#ground = ground;
        this.own(() => {
            this.#closed = true;
        });
    }

    /** Read until this ends. A code that stays before the camera is read once. */
    async run(): Promise<void> {
        const camera = await (this.#ground.open ?? openCamera)().catch(() => null);
        if (camera === null) return this.update({ refused: true });
        if (this.#closed) return camera.close();
        this.own(() => camera.close());
        this.update({ stream: camera.stream });
        let last = "";
        for (;;) {
            const bytes = await camera.read();
            if (bytes === null) return;
            const text = new TextDecoder().decode(bytes);
            if (text === last) continue;
            last = text;
            await this.#ground.read(text);
        }
    }
}
