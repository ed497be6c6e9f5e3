/* Settings that the machine has taken are remembered for the next start, for this device and no other. */

import "fake-indexeddb/auto";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { TakenSettings } from "../../../src/matrix/keys/taken_settings.ts";
import { Vault } from "../../../src/platform/vault.ts";

let vault: Vault;

beforeEach(async () => {
    vault = await Vault.open(crypto.randomUUID());
});

afterEach(() => vault.close());

test("what was taken is known at the next start", async () => {
    const before = await TakenSettings.open(vault, "ANI1");
    expect(before.has("!a", "megolm")).toBe(false);
    before.add("!a", "megolm");
    expect(before.has("!a", "megolm")).toBe(true);
    expect(before.has("!a", "other")).toBe(false);
    await vi.waitFor(
        async () => {
            expect((await TakenSettings.open(vault, "ANI1")).has("!a", "megolm")).toBe(true);
        },
        { timeout: 5_000 },
    );
    expect((await TakenSettings.open(vault, "ANI2")).has("!a", "megolm")).toBe(false);
});
