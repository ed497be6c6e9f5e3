import { expect, test } from "vitest";

import { BlobShelf } from "../../src/platform/blob_shelf.ts";

function shelf(maxBytes: number) {
    const alive = new Set<string>();
    let made = 0;
    const addresses = {
        createObjectURL: () => {
            const url = `blob:${made++}`;
            alive.add(url);
            return url;
        },
        revokeObjectURL: (url: string) => void alive.delete(url),
    };
    return { shelf: new BlobShelf(maxBytes, addresses), alive };
}

const file = (bytes: number, type = "") => new Blob([new Uint8Array(bytes)], { type });

test("what was not used for longest makes room, and its address ends", async () => {
    const { shelf: full, alive } = shelf(20);
    await full.put("a", file(10));
    await full.put("b", file(10));
    full.hold("a")?.letGo();
    await full.put("c", file(10));

    expect([full.hold("a"), full.hold("b"), full.hold("c")].map((held) => held !== null)).toEqual([true, false, true]);
    expect([full.bytes, alive.size]).toEqual([20, 2]);
});

test("what is shown stays, even where that is too much, and goes when it is let go of", async () => {
    const { shelf: full, alive } = shelf(10);
    await full.put("a", file(10));
    const held = full.hold("a");
    await full.put("b", file(10));
    full.hold("b");
    expect(full.bytes).toBe(20);

    held?.letGo();
    held?.letGo();
    expect(full.hold("a")).toBeNull();
    expect([full.bytes, alive.size]).toEqual([10, 1]);
});

test("a file larger than the shelf is there for whoever asked for it", async () => {
    const { shelf: full } = shelf(10);
    await full.put("film", file(50));
    expect(full.hold("film")).not.toBeNull();
});

test("the bytes say what a file is, not the sender", async () => {
    const { shelf: full } = shelf(1_000);
    await full.put("lie", new Blob(["<svg onload='alert(1)'/>"], { type: "image/svg+xml" }));
    await full.put("gif", new Blob(["GIF89a"], { type: "text/html" }));
    expect(full.hold("lie")?.type).toBeNull();
    expect(full.blob("lie")?.type).toBe("application/octet-stream");
    expect(full.blob("gif")?.type).toBe("image/gif");
});

test("after the end nothing has an address", async () => {
    const { shelf: full, alive } = shelf(100);
    await full.put("a", file(10));
    full.hold("a");
    full.clear();
    expect([full.bytes, alive.size]).toEqual([0, 0]);
});
