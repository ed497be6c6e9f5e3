/* Decrypting with the keys that lie on this device, and nothing else: no sync, nothing is sent. For who stands in for a
 * window, as only one may have the keys' store open. */

import * as wasm from "@matrix-org/matrix-sdk-crypto-wasm";

import type { Credentials } from "../session/credentials.ts";
import { KEY_STORE } from "../session/session_stores.ts";
import type { RawEvent } from "./pushed.ts";

/** What joins the glue and its binary; its types do not show it. A contract test pins it to the version installed. */
type Joint = WebAssembly.ModuleImports & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

/** It would also log to the console of whoever opens it. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

let loaded: Promise<void> | null = null;

/** Load the binary, once. Its own loader asks the network, and a worker's requests pass by the files that it keeps. */
export function loadCrypto(binary: () => Promise<Response>): Promise<void> {
    loaded ??= load(binary).catch((error: unknown) => {
        loaded = null;
        throw error;
    });
    return loaded;
}

async function load(binary: () => Promise<Response>): Promise<void> {
    const joint = wasm as unknown as Joint;
    const imports = { "./matrix_sdk_crypto_wasm_bg.js": joint };
    const { instance } = await WebAssembly.instantiateStreaming(binary(), imports);
    joint.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
}

/** Decrypt an event of a room; return it as its sender wrote it. Throws where its key is not here. */
export async function decryptStored(
    event: RawEvent,
    roomId: string,
    { userId, deviceId, key }: Pick<Credentials, "userId" | "deviceId"> & { key: Uint8Array },
): Promise<RawEvent> {
    const store = await wasm.StoreHandle.openWithKey(KEY_STORE, key, SILENT);
    const machine = await wasm.OlmMachine.initFromStore(
        new wasm.UserId(userId),
        new wasm.DeviceId(deviceId),
        store,
        SILENT,
    ).finally(() => store.free());
    try {
        // As a window reads: what its sender's device is worth, the chat's label says.
        const settings = new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted);
        const opened = await machine.decryptRoomEvent(JSON.stringify(event), new wasm.RoomId(roomId), settings);
        return JSON.parse(opened.event) as RawEvent;
    } finally {
        // Lets go of the store, which else could not be deleted at sign-out.
        machine.close();
    }
}
