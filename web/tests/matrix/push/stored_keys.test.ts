/* Pins the joint of the crypto's glue and its binary to the version that is installed, as the worker joins them. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { DeviceId, OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { expect, test } from "vitest";

import { loadCrypto } from "../../../src/matrix/push/stored_keys.ts";

const PLACE = dirname(createRequire(import.meta.url).resolve("@matrix-org/matrix-sdk-crypto-wasm"));

test("the crypto is loaded from bytes that the worker keeps, once", async () => {
    const bytes = await readFile(join(PLACE, "pkg", "matrix_sdk_crypto_wasm_bg.wasm"));
    let asked = 0;
    const binary = async () => {
        asked += 1;
        return new Response(bytes, { headers: { "content-type": "application/wasm" } });
    };
    await expect(loadCrypto(async () => new Response("no"))).rejects.toThrow();
    await Promise.all([loadCrypto(binary), loadCrypto(binary)]);
    const machine = await OlmMachine.initialize(new UserId("@ani:x"), new DeviceId("D"));
    expect([asked, machine.identityKeys.ed25519.toBase64().length]).toEqual([1, 43]);
    machine.close();
});
