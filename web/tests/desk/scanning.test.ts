import { expect, test } from "vitest";

import { Scanning } from "../../src/desk/viewmodels/scanning.ts";
import type { Camera } from "../../src/platform/camera.ts";
import { eventually } from "./fake_gateway.ts";

/** A camera before which codes are held, one after the other. */
function cameraOf(codes: readonly string[]): Camera & { closed: boolean } {
    const left = [...codes];
    return {
        stream: {} as MediaStream,
        closed: false,
        async read() {
            const next = left.shift();
            return next === undefined ? new Promise(() => {}) : new TextEncoder().encode(next);
        },
        close() {
            this.closed = true;
        },
    };
}

test("tickets are read one after the other; one that stays before the camera is read once", async () => {
    const camera = cameraOf(["AT1.a.b", "AT1.a.b", "AT1.c.d"]);
    const read: string[] = [];
    const scanning = new Scanning({ open: async () => camera, read: async (text) => read.push(text) });
    void scanning.run();
    await eventually(() => expect(read).toEqual(["AT1.a.b", "AT1.c.d"]));
    scanning.dispose();
    expect(camera.closed).toBe(true);
});

test("where there is no camera that is said; one that opens too late is closed", async () => {
    const none = new Scanning({ open: () => Promise.reject(new Error("No camera.")), read: async () => {} });
    await none.run();
    expect(none.value).toEqual({ stream: null, refused: true });
    const camera = cameraOf([]);
    const late = new Scanning({ open: async () => camera, read: async () => {} });
    const running = late.run();
    late.dispose();
    await running;
    expect(camera.closed).toBe(true);
});
