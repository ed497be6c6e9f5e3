import "fake-indexeddb/auto";

import { openDB } from "idb";
import { expect, test } from "vitest";

import { Vault } from "../../src/platform/vault.ts";

let names = 0;
const fresh = () => `vault-${names++}`;

test("what was put is there after it is opened again", async () => {
    const name = fresh();
    const first = await Vault.open(name);
    await first.area<string>("drafts").put("!room", "halo");
    first.close();

    const again = await Vault.open(name);
    expect(await again.area<string>("drafts").get("!room")).toBe("halo");
});

test("areas are apart, and each is read in the order of its keys", async () => {
    const vault = await Vault.open(fresh());
    const [one, other] = [vault.area<number>("one"), vault.area<number>("other")];
    await one.putAll(
        new Map([
            ["b", 2],
            ["a", 1],
        ]),
    );
    await other.put("a", 3);

    expect([...(await one.all())]).toEqual([
        ["a", 1],
        ["b", 2],
    ]);
    await one.delete("a");
    expect(await one.get("a")).toBeUndefined();
    expect(await other.get("a")).toBe(3);
});

test("files are kept as they are", async () => {
    const vault = await Vault.open(fresh());
    const files = vault.bytes("files");
    await files.put("photo", Uint8Array.of(0, 255, 1));

    expect(await files.get("photo")).toEqual(Uint8Array.of(0, 255, 1));
    expect([...(await files.all()).keys()]).toEqual(["photo"]);
});

test("the disk shows nothing of what is in it", async () => {
    const name = fresh();
    const vault = await Vault.open(name);
    await vault.area<string>("drafts").put("!room", "rahasia");
    vault.close();

    const raw = await openDB(name);
    const [sealed] = (await raw.getAll("items")) as Uint8Array[];
    expect(new TextDecoder().decode(sealed)).not.toContain("rahasia");
});

test("a value that was moved to another place does not open", async () => {
    const name = fresh();
    const vault = await Vault.open(name);
    await vault.area<string>("drafts").put("mine", "halo");
    const raw = await openDB(name);
    await raw.put("items", await raw.get("items", ["drafts", "mine"]), ["drafts", "yours"]);
    raw.close();

    await expect(vault.area<string>("drafts").get("yours")).rejects.toThrow();
});

test("what was destroyed is gone", async () => {
    const name = fresh();
    const vault = await Vault.open(name);
    await vault.area<string>("drafts").put("!room", "halo");
    vault.close();
    await Vault.destroy(name);

    expect(await (await Vault.open(name)).area<string>("drafts").get("!room")).toBeUndefined();
});
