/* What an owner signs in the app, published on a server and read there by others. */

import "fake-indexeddb/auto";

import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoApi } from "matrix-js-sdk/lib/crypto-api/index";
import { createClient, MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { beforeEach, expect, test } from "vitest";

import { OwnService } from "../../../src/matrix/account/own_service.ts";
import { Machine } from "../../../src/matrix/keys/machine.ts";
import { Statements } from "../../../src/matrix/keys/statements.ts";
import { checkStatement, type KeyStatement } from "../../../src/matrix/label/key_statement.ts";
import { quiet } from "../../../src/matrix/session/quiet.ts";
import type { Session } from "../../../src/matrix/session/session.ts";
import { Vault } from "../../../src/platform/vault.ts";

const TOKO = "@toko:x";
const HOST = { operator: { name: "PT Contoh", key: "H".repeat(43) }, country: "SG", purpose: "Bot" };

type Devices = Record<string, { signatures: Record<string, object>; keys: Record<string, string> }>;

/** As much of a server as a profile needs, and the keys of one account. */
class OneAccount {
    statement: (KeyStatement & { signatures: object }) | undefined;
    keys: { device_keys?: Record<string, Devices> } = {};
    readonly proposed: object[] = [];

    answer = async (address: string | URL | Request, request?: RequestInit): Promise<Response> => {
        const { pathname } = new URL(String(address));
        if (pathname.endsWith("/keys/query")) return Response.json({ ...this.keys, failures: {} });
        if (pathname.endsWith("/account_data/id.amanat.key_holders.proposed")) {
            this.proposed.push(JSON.parse(String(request?.body)));
            return Response.json({});
        }
        if (pathname.endsWith("/keys/signatures/upload")) {
            for (const [id, { signatures }] of Object.entries(JSON.parse(String(request?.body))[TOKO] as Devices)) {
                const device = this.keys.device_keys?.[TOKO]?.[id];
                if (device) device.signatures[TOKO] = { ...device.signatures[TOKO], ...signatures[TOKO] };
            }
            return Response.json({ failures: {} });
        }
        if (request?.method === "PUT") this.statement = JSON.parse(String(request.body))["id.amanat.key_holders"];
        if (!pathname.includes("/profile/") || this.statement === undefined)
            return Response.json({ errcode: "M_NOT_FOUND" }, { status: 404 });
        return Response.json({ "id.amanat.key_holders": this.statement });
    };

    /** Take what an account publishes when it makes its identity. */
    async take(machine: OlmMachine): Promise<void> {
        const made = await machine.bootstrapCrossSigning(true);
        const { master_key, self_signing_key } = JSON.parse(made.uploadSigningKeysRequest.body);
        const { device_keys: device } = JSON.parse(made.uploadKeysRequest?.body ?? "{}");
        const vouched = JSON.parse(made.uploadSignaturesRequest.body)[TOKO].LOKET.signatures[TOKO];
        const signatures = { [TOKO]: { ...device.signatures[TOKO], ...vouched } };
        this.keys = {
            device_keys: { [TOKO]: { LOKET: { ...device, signatures } } },
            master_keys: { [TOKO]: master_key },
            self_signing_keys: { [TOKO]: self_signing_key },
        } as object;
    }

    /** Take what a host's device publishes, which nobody vouches for; return its fingerprint. */
    async takeHosts(): Promise<string> {
        const client = createClient({ baseUrl: "http://x", userId: TOKO, deviceId: "GATEWAY", logger: quiet });
        await client.initRustCrypto({ useIndexedDB: false });
        const { olmMachine } = client.getCrypto() as CryptoApi & { olmMachine: OlmMachine };
        const made = await olmMachine.bootstrapCrossSigning(true);
        const { device_keys: device } = JSON.parse(made.uploadKeysRequest?.body ?? "{}");
        Object.assign(this.keys.device_keys?.[TOKO] ?? {}, { GATEWAY: device });
        return device.keys["ed25519:GATEWAY"];
    }
}

let server: OneAccount;
let places = 0;

beforeEach(() => {
    server = new OneAccount();
});

/** As much of a session as this stands on, with a device that the account's identity vouches for. */
async function signedIn(): Promise<{ session: Session; own: OwnService }> {
    const about = { baseUrl: "http://x", userId: TOKO, deviceId: "LOKET", accessToken: "t" };
    const client = createClient({ ...about, fetchFn: server.answer, logger: quiet });
    await client.initRustCrypto({ useIndexedDB: false });
    const crypto = client.getCrypto() as CryptoApi & { olmMachine: OlmMachine };
    await server.take(crypto.olmMachine);
    await new Machine(crypto).query([TOKO]);
    const vault = await Vault.open(`own-service-${places++}`);
    const statements = new Statements(client, vault);
    const session = { client, crypto, userId: TOKO, deviceId: "LOKET", statements } as unknown as Session;
    return { session, own: new OwnService(session) };
}

test("an owner states who runs each device, and renews it", async () => {
    const { own } = await signedIn();
    expect(own.isService).toBe(false);
    const { devices, standing } = await own.look();
    expect(standing).toBeNull();
    expect(devices).toMatchObject([{ id: "LOKET", here: true, operator: null, stated: false }]);
    await own.state(devices.map((device) => ({ ...device, country: " id", purpose: " Menjawab pesan " })));
    expect(server.statement).toMatchObject({ seq: 1, devices: [{ country: "ID", purpose: "Menjawab pesan" }] });
    expect(own.isService).toBe(true);
    const after = await own.look();
    expect(after).toMatchObject({ standing: { fault: null }, devices: [{ stated: true }] });
    await own.state(after.devices);
    expect(server.statement?.seq).toBe(2);
    const masterKey = server.statement?.master_key ?? "";
    const expected = { userId: TOKO, masterKey, nowMs: Date.now(), seenSeq: 1 };
    expect((await checkStatement(server.statement, expected)).fault).toBeNull();
});

test("what makes no sense is not signed", async () => {
    const { own } = await signedIn();
    const { devices } = await own.look();
    await expect(own.state(devices)).rejects.toThrow();
    await expect(own.state([])).rejects.toThrow();
    expect(server.statement).toBeUndefined();
});

test("a host's offer is stated as the host says it, and waits for its signature", async () => {
    const { own, session } = await signedIn();
    const content = { LOKET: HOST, BROKEN: { operator: 1 }, ALSO: null };
    session.client.store.storeAccountDataEvents([new MatrixEvent({ type: "id.amanat.hosting", content })]);
    expect(own.isService).toBe(true);
    const { devices } = await own.look();
    expect(devices).toMatchObject([{ ...HOST, stated: false }]);
    await own.state(devices);
    // What was published before holds until the host has signed.
    expect(server.statement).toBeUndefined();
    const [proposed] = server.proposed;
    expect(proposed).toMatchObject({ seq: 1, devices: [HOST] });
    session.client.store.storeAccountDataEvents([
        new MatrixEvent({ type: "id.amanat.key_holders.proposed", content: proposed ?? {} }),
    ]);
    expect(await own.look()).toMatchObject({ standing: null, waiting: true });
    server.statement = proposed as NonNullable<typeof server.statement>;
    expect(await own.look()).toMatchObject({ standing: { fault: "not-countersigned" }, waiting: false });
});

test("a host's device is vouched for by the fingerprint that the host has told, and by no other", async () => {
    const { own, session } = await signedIn();
    const fingerprint = await server.takeHosts();
    await new Machine(session.crypto).query([TOKO]);
    const known = async () => (await own.look()).devices.map(({ id, vouched }) => [id, vouched]);
    expect(await known()).toEqual([["LOKET", true]]);
    const content = { GATEWAY: HOST };
    session.client.store.storeAccountDataEvents([new MatrixEvent({ type: "id.amanat.hosting", content })]);
    expect((await known()).sort()).toEqual([
        ["GATEWAY", false],
        ["LOKET", true],
    ]);
    const { devices } = await own.look();
    const told = (word: string) =>
        devices.map((device) => (device.vouched ? { ...device, purpose: "Loket" } : { ...device, told: word }));
    await expect(own.state(told("A".repeat(43)))).rejects.toThrow();
    await own.state(told(""));
    expect(server.statement?.devices.map(({ id }) => id)).toEqual(["LOKET"]);
    expect(server.proposed).toEqual([]);
    await own.state(told(` ${fingerprint.slice(0, 20)} ${fingerprint.slice(20)} `));
    expect(server.proposed).toMatchObject([{ seq: 2 }]);
    expect((await known()).sort()).toEqual([
        ["GATEWAY", true],
        ["LOKET", true],
    ]);
});
