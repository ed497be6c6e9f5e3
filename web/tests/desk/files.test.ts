import { expect, test } from "vitest";

import { InboxApi } from "../../src/desk/api/inbox_api.ts";
import { FileBox, MOST_BYTES } from "../../src/desk/viewmodels/file_box.ts";
import { LineFiles } from "../../src/desk/viewmodels/line_files.ts";
import { BlobShelf } from "../../src/platform/blob_shelf.ts";
import { BREAK, FakeGateway, refuse } from "./fake_gateway.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

function filesAt(gateway: FakeGateway): LineFiles {
    const api = new InboxApi(gateway.ask, "");
    const shelf = new BlobShelf(1_000, { createObjectURL: ({ type }) => `blob:${type}`, revokeObjectURL: () => {} });
    return new LineFiles({
        open: (position) => api.openFile("!ani", position),
        address: (position) => api.fileAddress("!ani", position),
        shelf,
    });
}

function boxAt(gateway: FakeGateway): FileBox {
    let last = 0;
    const api = new InboxApi(gateway.ask, "");
    return new FileBox({
        send: (file) => api.sendFile("!ani", file),
        prepare: async () => ({
            file: new Blob(["small"], { type: "image/jpeg" }),
            width: 4,
            height: 3,
            thumbnail: null,
        }),
        mint: () => `${++last}`,
    });
}

const letter = (name: string) => new File(["letter"], name);
const queries = (gateway: FakeGateway) =>
    gateway.asked.map(({ path }) => Object.fromEntries(new URLSearchParams(path.split("?")[1])));

test("what somebody sent is brought once, and shown as what its bytes are", async () => {
    const gateway = new FakeGateway()
        .on("GET", "/files/7", () => new Blob([PNG], { type: "text/html" }))
        .on("GET", "/files/8", () => new Blob(["<script>"], { type: "text/html" }));
    const files = filesAt(gateway);
    await files.show(7);
    await files.show(7);
    await files.show(8);
    expect(files.value.files.get(7)).toEqual({ state: "shown", url: "blob:image/png", type: "image/png" });
    expect(files.value.files.get(8)).toEqual({ state: "shown", url: "blob:application/octet-stream", type: null });
    expect(gateway.asked).toHaveLength(2);
    expect(files.address(8)).toBe("/chats/!ani/files/8?download=true");
});

test("what could not be brought says why, and can be asked for again", async () => {
    let gone = true;
    const gateway = new FakeGateway().on("GET", "/files/7", () => (gone ? refuse(404, "FILE_GONE") : new Blob([PNG])));
    const files = filesAt(gateway);
    await files.show(7);
    expect(files.value.files.get(7)).toMatchObject({ state: "failed", trouble: { code: "FILE_GONE" } });
    gone = false;
    await files.show(7);
    expect(files.value.files.get(7)?.state).toBe("shown");
});

test("files go in their order; one that broke goes again under its id", async () => {
    let broken = true;
    const gateway = new FakeGateway().on("POST", "txn_id=1", () => {
        if (broken) throw BREAK;
    });
    gateway.on("POST", "txn_id=2", () => ({}));
    const box = boxAt(gateway);
    await box.send([letter("a.pdf"), letter("b.pdf")]);
    expect(box.value.pending).toEqual([{ txn_id: "1", name: "a.pdf", state: "failed" }]);
    broken = false;
    await box.retry();
    expect(box.value.pending).toEqual([]);
    expect(queries(gateway).map(({ name, txn_id }) => [name, txn_id])).toEqual([
        ["a.pdf", "1"],
        ["b.pdf", "2"],
        ["a.pdf", "1"],
    ]);
    expect(gateway.asked[0]?.body).toBeInstanceOf(Blob);
});

test("a photo is drawn anew, and called as what it is then", async () => {
    const gateway = new FakeGateway().on("POST", "txn_id=1", () => ({}));
    await boxAt(gateway).send([new File(["raw"], "kamera.heic", { type: "image/heic" })]);
    expect(queries(gateway)).toEqual([{ name: "kamera.jpg", width: "4", height: "3", txn_id: "1" }]);
});

test("what is refused is told, and not tried again; what is too large is not asked", async () => {
    const gateway = new FakeGateway().on("POST", "txn_id=1", () => refuse(409, "FILE_NOT_TAKEN"));
    const box = boxAt(gateway);
    await box.send([letter("a.pdf")]);
    expect(box.value).toMatchObject({ pending: [], trouble: { code: "FILE_NOT_TAKEN" } });
    await box.send([new File([new Uint8Array(MOST_BYTES + 1)], "b.zip")]);
    expect(box.value.trouble?.code).toBe("FILE_TOO_LARGE");
    await box.send([new File([], "c.txt")]);
    expect(box.value.trouble?.code).toBe("FILE_EMPTY");
    expect(gateway.asked).toHaveLength(1);
});
