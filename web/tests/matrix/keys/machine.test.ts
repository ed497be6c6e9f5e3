/* Pins what we use of js-sdk's inside to the version that is installed: an update that moves it fails here. */

import {
    BackupDecryptionKey,
    CollectStrategy,
    DeviceKeyAlgorithmName,
    DeviceLists,
    EncryptionAlgorithm,
    EncryptionSettings,
    KeysQueryRequest,
    KeysUploadRequest,
    LocalTrust,
    OlmMachine,
    OwnUserIdentity,
    RoomId,
    RoomSettings,
    UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { createClient, type MatrixClient } from "matrix-js-sdk/lib/matrix";
import { beforeEach, expect, test } from "vitest";

import { Machine, onlyVouchedFor, withhold } from "../../../src/matrix/keys/machine.ts";
import { canonicalJson } from "../../../src/matrix/label/canonical_json.ts";
import { checkStatement } from "../../../src/matrix/label/key_statement.ts";
import { quiet } from "../../../src/matrix/session/quiet.ts";

type Keys = { user_id: string; device_id: string };

/** As much of a server as two devices need to know of each other. */
class KeyServer {
    readonly #devices = new Map<string, Keys>();
    refuses = false;

    take(keys: Keys): void {
        this.#devices.set(keys.user_id, keys);
    }

    answer = async (address: string | URL | Request, request?: RequestInit): Promise<Response> => {
        if (this.refuses) return Response.json({ errcode: "M_FORBIDDEN" }, { status: 403 });
        const { pathname } = new URL(String(address));
        const body = request?.body ? JSON.parse(String(request.body)) : {};
        if (pathname.endsWith("/keys/query")) {
            const asked = Object.keys(body.device_keys).flatMap((userId) => this.#devices.get(userId) ?? []);
            const devices = asked.map((keys) => [keys.user_id, { [keys.device_id]: keys }]);
            return Response.json({ device_keys: Object.fromEntries(devices), failures: {} });
        }
        if (pathname.endsWith("/room_keys/keys")) return Response.json({ etag: "1", count: 1 });
        return Response.json({ errcode: "M_NOT_FOUND" }, { status: 404 });
    };
}

const ANI = "@ani:x";
const BUDI = "@budi:x";
let server: KeyServer;

beforeEach(() => {
    server = new KeyServer();
});

async function client(userId: string, deviceId: string): Promise<MatrixClient> {
    const { answer } = server;
    const made = createClient({
        baseUrl: "http://x",
        userId,
        deviceId,
        accessToken: "t",
        fetchFn: answer,
        logger: quiet,
    });
    await made.initRustCrypto({ useIndexedDB: false });
    return made;
}

function cryptoOf(of: MatrixClient) {
    const crypto = of.getCrypto();
    if (crypto === undefined) throw new Error("It was opened with its keys.");
    return crypto as typeof crypto & { olmMachine: OlmMachine };
}

async function meet(): Promise<{ ani: MatrixClient; machine: Machine }> {
    const budi = await client(BUDI, "BUDI1");
    const requests = await cryptoOf(budi).olmMachine.outgoingRequests();
    const upload = requests.find((request) => request instanceof KeysUploadRequest);
    if (upload === undefined) throw new Error("A new device wants to upload its keys.");
    server.take(JSON.parse(upload.body).device_keys);
    const ani = await client(ANI, "ANI1");
    return { ani, machine: new Machine(cryptoOf(ani)) };
}

test("the machine is where it was, and is of the class that we import", async () => {
    const { ani } = await meet();
    expect(cryptoOf(ani).olmMachine).toBeInstanceOf(OlmMachine);
});

test("people are asked about once; an answer that does not come is an error", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    expect(await machine.track([BUDI])).toEqual([BUDI]);
    expect(await machine.track([BUDI])).toEqual([]);
    expect(await machine.devices(BUDI, (device) => device.deviceId.toString())).toEqual(["BUDI1"]);
    // Whoever asks about somebody whom it still means to ask about waits for a second.
    const left = await olmMachine.outgoingRequests();
    const asking = left.flatMap((request) => (request instanceof KeysQueryRequest ? [request.body] : []));
    expect(asking.filter((body) => body.includes(BUDI))).toEqual([]);
    expect(await machine.identity(BUDI, () => true)).toBeUndefined();
    expect(
        await machine.devices(BUDI, (device) => device.getKey(DeviceKeyAlgorithmName.Ed25519) !== undefined),
    ).toEqual([true]);
    server.refuses = true;
    await expect(machine.query([BUDI])).rejects.toThrow();
});

test("a device from which keys are withheld stays so until they are not", async () => {
    const { machine } = await meet();
    await machine.track([BUDI]);
    const trust = () => machine.devices(BUDI, (device) => device.localTrustState);
    await machine.devices(BUDI, (device) => withhold(device, true));
    expect(await trust()).toEqual([LocalTrust.BlackListed]);
    await machine.devices(BUDI, (device) => withhold(device, false));
    expect(await trust()).toEqual([LocalTrust.Unset]);
});

test("whoever looks before a key is shared sees with whom, may choose how, and may refuse", async () => {
    const { ani, machine } = await meet();
    const looked: (readonly string[])[] = [];
    machine.beforeSharing(async ({ roomId, userIds, settings }) => {
        looked.push([roomId, ...userIds]);
        onlyVouchedFor(settings);
        throw new Error("not now");
    });
    const share = cryptoOf(ani).olmMachine.shareRoomKey(
        new RoomId("!r:x"),
        [new UserId(BUDI)],
        new EncryptionSettings(),
    );
    await expect(share).rejects.toThrow("not now");
    expect(looked).toEqual([["!r:x", BUDI]]);
});

test("a newcomer who is not to have what was said before is given none of its keys", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    const asked: string[] = [];
    const shared: string[] = [];
    olmMachine.shareRoomKeyBundleData = async (user: UserId) => {
        shared.push(String(user));
        return [];
    };
    machine.whoGetsHistory(async (userId) => {
        asked.push(userId);
        return userId !== BUDI;
    });
    for (const userId of [BUDI, ANI]) {
        const strategy = CollectStrategy.identityBasedStrategy();
        await olmMachine.shareRoomKeyBundleData(
            new UserId(userId),
            new RoomId("!r:x"),
            "mxc://x/a",
            undefined,
            strategy,
        );
    }
    expect([asked, shared]).toEqual([[BUDI, ANI], [ANI]]);
});

test("what js-sdk leaves of an identity to the collector is freed at the end", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    await olmMachine.bootstrapCrossSigning(true);
    const taken: OwnUserIdentity[] = [];
    const take = olmMachine.getIdentity.bind(olmMachine);
    olmMachine.getIdentity = async (userId) => {
        const identity = await take(userId);
        if (identity instanceof OwnUserIdentity) taken.push(identity);
        return identity;
    };
    machine.noteIdentities();
    await cryptoOf(ani).getUserCrossSigningKeys(ANI);
    await machine.identity(ANI, () => true);
    const isFree = () => taken.map((identity) => (identity as unknown as { __wbg_ptr: number }).__wbg_ptr === 0);
    expect(isFree()).toEqual([false, true]);
    machine.freeAll();
    expect(isFree()).toEqual([true, true]);
});

test("the machine is closed when what it does is done, and nobody asks a closed one", async () => {
    const made = await client(ANI, "A");
    const machine = new Machine(cryptoOf(made) as never);
    machine.watch();
    const { olmMachine } = cryptoOf(made);
    const promised = Object.entries(Object.getOwnPropertyDescriptors(olmMachine)).filter(([, { value }]) => value);
    expect(promised.map(([name]) => name)).toContain("receiveSyncChanges");
    const heard: string[] = [];
    const under = Array.from({ length: 8 }, () =>
        olmMachine.shareRoomKey(new RoomId("!r:x"), [], new EncryptionSettings()),
    );
    void Promise.all(under).then(() => heard.push("done"));
    await machine.finish();
    made.stopClient();
    expect(heard).toEqual(["done"]);
    const late = olmMachine.trackedUsers().then(
        () => heard.push("answered"),
        (error) => heard.push(String(error)),
    );
    await Promise.race([late, new Promise((resolve) => setTimeout(resolve))]);
    expect(heard).toEqual(["done"]);
});

test("keys go to the backup at once, and there is nothing left to bring there", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    const room = new RoomId("!r:x");
    await olmMachine.enableBackupV1(BackupDecryptionKey.createRandomKey().megolmV1PublicKey.publicKeyBase64, "1");
    await olmMachine.shareRoomKey(room, [new UserId(ANI)], new EncryptionSettings());
    expect((await olmMachine.roomKeyCounts()).backedUp).toBe(0);
    await machine.backUp();
    const { total, backedUp } = await olmMachine.roomKeyCounts();
    expect([total, backedUp]).toEqual([1, 1]);
});

function settingsOf(messages: number): RoomSettings {
    const settings = new RoomSettings();
    settings.algorithm = EncryptionAlgorithm.MegolmV1AesSha2;
    settings.sessionRotationPeriodMessages = messages;
    return settings;
}

test("the machine is asked once about the settings of a room, and refuses what it would have refused", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    const asked: (number | undefined)[] = [];
    const set = olmMachine.setRoomSettings.bind(olmMachine);
    olmMachine.setRoomSettings = async (room, settings) => {
        asked.push(settings.sessionRotationPeriodMessages);
        await set(room, settings);
    };
    const taken = new Map<string, string>();
    machine.passOver({ has: (id, said) => taken.get(id) === said, add: (id, said) => void taken.set(id, said) });
    const room = new RoomId("!r:x");
    await olmMachine.setRoomSettings(room, settingsOf(100));
    await olmMachine.setRoomSettings(room, settingsOf(100));
    expect(asked).toEqual([100]);
    const weaker = settingsOf(100);
    weaker.algorithm = EncryptionAlgorithm.OlmV1Curve25519AesSha2;
    await expect(olmMachine.setRoomSettings(room, weaker)).rejects.toThrow();
    expect((await olmMachine.getRoomSettings(room))?.algorithm).toBe(EncryptionAlgorithm.MegolmV1AesSha2);
    await olmMachine.setRoomSettings(new RoomId("!other:x"), settingsOf(100));
    expect(asked).toEqual([100, 100, 100]);
});

test("the machine is told of a person once", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    const told: string[][] = [];
    const update = olmMachine.updateTrackedUsers.bind(olmMachine);
    olmMachine.updateTrackedUsers = async (users) => {
        told.push(users.map(String));
        await update(users);
    };
    await olmMachine.updateTrackedUsers([new UserId(BUDI)]);
    machine.passOver({ has: () => false, add: () => {} });
    await olmMachine.updateTrackedUsers([new UserId(BUDI)]);
    await olmMachine.updateTrackedUsers([new UserId(BUDI), new UserId("@citra:x")]);
    await olmMachine.updateTrackedUsers([new UserId("@citra:x")]);
    expect(told).toEqual([[BUDI], ["@citra:x"]]);
    expect([...(await olmMachine.trackedUsers())].map(String).toSorted()).toEqual([ANI, BUDI, "@citra:x"].toSorted());
});

test("the machine sees a sync that holds something for it, and now and then one that does not", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    const seen: string[] = [];
    const receive = olmMachine.receiveSyncChanges.bind(olmMachine);
    olmMachine.receiveSyncChanges = async (events, devices, counts, ...rest) => {
        seen.push(`${events} ${counts.get("signed_curve25519")}`);
        return receive(events, devices, counts, ...rest);
    };
    let now = 0;
    machine.passOverSyncs(() => now);
    const sync = (count: number, { events = "[]", changed = [] as string[] } = {}) =>
        olmMachine.receiveSyncChanges(
            events,
            new DeviceLists(changed.map((userId) => new UserId(userId))),
            new Map([["signed_curve25519", count]]),
            new Set(["signed_curve25519"]),
        );
    await sync(50);
    await sync(50);
    expect(seen).toEqual(["[] 50"]);
    await sync(49);
    await sync(49, { changed: [BUDI] });
    const event = JSON.stringify([{ type: "m.dummy", sender: BUDI, content: {} }]);
    expect(await sync(49, { events: event })).toHaveLength(1);
    expect(seen).toEqual(["[] 50", "[] 49", "[] 49", `${event} 49`]);
    now = 60_000;
    await sync(49);
    await sync(49);
    expect(seen).toHaveLength(5);
});

test("a sync that the machine could not take is shown to it again", async () => {
    const { ani, machine } = await meet();
    const { olmMachine } = cryptoOf(ani);
    let works = false;
    const receive = olmMachine.receiveSyncChanges.bind(olmMachine);
    olmMachine.receiveSyncChanges = async (...all) =>
        works ? receive(...all) : Promise.reject(new Error("full disk"));
    machine.passOverSyncs();
    const sync = () => olmMachine.receiveSyncChanges("[]", new DeviceLists(), new Map(), undefined);
    await expect(sync()).rejects.toThrow("full disk");
    works = true;
    expect(await sync()).toEqual([]);
});

test("a text is signed with the identity whose secret is here, as others check it", async () => {
    const { ani, machine } = await meet();
    await expect(machine.masterKey(ANI)).rejects.toThrow();
    await expect(machine.signAs(ANI, "M".repeat(43), "{}")).rejects.toThrow();
    await cryptoOf(ani).olmMachine.bootstrapCrossSigning(true);
    const masterKey = await machine.masterKey(ANI);
    const content = {
        v: 1,
        user_id: ANI,
        master_key: masterKey,
        master_kept_by: "owner",
        seq: 1,
        issued: 1,
        expires: 2,
    };
    const signature = await machine.signAs(ANI, masterKey, canonicalJson({ ...content, devices: [] }));
    const signatures = { [ANI]: { [`ed25519:${masterKey}`]: signature } };
    const expected = { userId: ANI, masterKey, nowMs: 1, seenSeq: 0 };
    expect((await checkStatement({ ...content, devices: [], signatures }, expected)).fault).toBeNull();
    expect((await checkStatement({ ...content, seq: 2, devices: [], signatures }, expected)).fault).toBe("unsigned");
});
