/* The machine inside js-sdk that holds the keys: what js-sdk can do with it and does not offer.
 * A contract test pins each of these names to the version of js-sdk that is installed. */

import {
    CollectStrategy,
    type Device,
    type EncryptionSettings,
    type KeysBackupRequest,
    KeysQueryRequest,
    LocalTrust,
    OlmMachine,
    OtherUserIdentity,
    type OwnUserIdentity,
    type RoomSettings,
    type SignatureUploadRequest,
    UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoApi } from "matrix-js-sdk/lib/crypto-api/index";

import { Turns } from "../../platform/turns.ts";
import { UnderWay } from "../../platform/under_way.ts";
import type { TakenSettings } from "./taken_settings.ts";

type Internals = {
    olmMachine: OlmMachine;
    outgoingRequestProcessor: {
        makeOutgoingRequest(request: KeysBackupRequest | KeysQueryRequest | SignatureUploadRequest): Promise<void>;
    };
};

/** So often a sync that holds nothing for the machine is shown to it. */
const SYNC_EVERY_MS = 10_000;

/** What the machine does at once, or closes it; all else it promises. */
const AT_ONCE = new Set([
    ...["constructor", "free", "close", "__destroy_into_raw", "queryKeysForUsers", "dehydratedDevices"],
    ...["getVerification", "getVerificationRequest", "getVerificationRequests"],
]);

/** What is taken out of the machine is to be given back. */
type Freed = { free(): void };

export type Identity = OtherUserIdentity | OwnUserIdentity;

/** Called with whoever is about to be given the key of a room, and how; what it throws keeps the key here. */
export type BeforeSharing = (sharing: Sharing) => Promise<void>;

export type Sharing = { roomId: string; userIds: readonly string[]; settings: EncryptionSettings };

export class Machine {
    readonly #inside: Internals;
    readonly #underWay = new UnderWay();
    readonly #handedOut = new Set<WeakRef<Freed>>();

    constructor(crypto: CryptoApi) {
        this.#inside = crypto as unknown as Internals;
    }

    /** From now on know what the machine is doing, for `finish`. To be called before anything else is put around it. */
    watch(): void {
        const machine = this.#machine as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
        for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(OlmMachine.prototype))) {
            if (typeof value !== "function" || AT_ONCE.has(name)) continue;
            const does = value.bind(machine);
            machine[name] = (...given) => this.#underWay.run(() => does(...given));
        }
    }

    /** Resolves when the machine does nothing any more, so that it can be closed; whoever asks it later is not answered. */
    async finish(): Promise<void> {
        await this.#underWay.end();
    }

    /** Do something with each device that is known of a person. */
    async devices<Result>(userId: string, look: (device: Device) => Promise<Result> | Result): Promise<Result[]> {
        const known = await this.#machine.getUserDevices(new UserId(userId));
        const devices = known.devices();
        this.#note([known, ...devices]);
        try {
            const results: Result[] = [];
            for (const device of devices) results.push(await look(device));
            return results;
        } finally {
            // Each holds on to the store, which could not be deleted at sign-out.
            for (const device of devices) device.free();
            known.free();
        }
    }

    /** Do something with the published identity of a person; undefined if there is none. */
    async identity<Result>(
        userId: string,
        look: (identity: Identity) => Promise<Result> | Result,
    ): Promise<Result | undefined> {
        const identity = await this.#machine.getIdentity(new UserId(userId));
        try {
            return identity && (await look(identity));
        } finally {
            identity?.free();
        }
    }

    /** Hear of the devices of people from now on; return whom it asked about, as they were new. Throws while offline. */
    async track(userIds: readonly string[]): Promise<string[]> {
        const tracked = new Set([...(await this.#machine.trackedUsers())].map(String));
        const fresh = userIds.filter((userId) => !tracked.has(userId));
        if (fresh.length > 0) await this.#machine.updateTrackedUsers(fresh.map((userId) => new UserId(userId)));
        if (fresh.length > 0) await this.#queryTracked();
        return fresh;
    }

    /** Ask by the machine's own request: whoever asks it about somebody waits up to a second for the answer to that one. */
    async #queryTracked(): Promise<void> {
        for (const request of await this.#machine.outgoingRequests()) {
            if (request instanceof KeysQueryRequest)
                await this.#inside.outgoingRequestProcessor.makeOutgoingRequest(request);
        }
    }

    /** Ask the server for the devices and identities of people. Throws while offline. */
    async query(userIds: readonly string[]): Promise<void> {
        const request = this.#machine.queryKeysForUsers(userIds.map((userId) => new UserId(userId)));
        await this.#inside.outgoingRequestProcessor.makeOutgoingRequest(request);
    }

    /** Return the key that stands for somebody; throws where they publish none. */
    async masterKey(userId: string): Promise<string> {
        const masterKey = await this.identity(userId, masterKeyOf);
        if (masterKey === undefined) throw new Error("This person publishes no identity.");
        return masterKey;
    }

    /** Sign a text with one's own identity; throws where its secret is not on this device. */
    async signAs(userId: string, masterKey: string, text: string): Promise<string> {
        const signatures = await this.#machine.sign(text);
        try {
            const made = JSON.parse(signatures.asJSON()) as Record<string, Record<string, string> | undefined>;
            const signature = made[userId]?.[`ed25519:${masterKey}`];
            if (signature === undefined) throw new Error("The secret of this identity is not on this device.");
            return signature;
        } finally {
            signatures.free();
        }
    }

    /** Vouch for another person's identity with one's own. */
    async vouchFor(userId: string): Promise<void> {
        const request = await this.identity(userId, (identity) => identity.verify());
        if (request === undefined) throw new Error("This person publishes no identity.");
        await this.#inside.outgoingRequestProcessor.makeOutgoingRequest(request);
    }

    /** Remember which identities js-sdk takes out from now on: it leaves some of them to the collector of garbage. */
    noteIdentities(): void {
        const machine = this.#machine;
        const take = machine.getIdentity.bind(machine);
        machine.getIdentity = async (userId) => {
            const identity = await take(userId);
            if (identity !== undefined) this.#note([identity]);
            return identity;
        };
    }

    #note(taken: readonly Freed[]): void {
        for (const handed of this.#handedOut) if (isFree(handed.deref())) this.#handedOut.delete(handed);
        for (const each of taken) this.#handedOut.add(new WeakRef(each));
    }

    /** Free what was taken out, at the end: each holds on to the store, which else could not be deleted until it is collected. */
    freeAll(): void {
        for (const handed of this.#handedOut) {
            const taken = handed.deref();
            if (!isFree(taken)) taken?.free();
        }
        this.#handedOut.clear();
    }

    /** Bring the keys that are not in the backup yet there: js-sdk does so too, but up to ten seconds later. */
    async backUp(): Promise<void> {
        while (true) {
            const request = await this.#machine.backupRoomKeys();
            if (request === undefined) return;
            await this.#inside.outgoingRequestProcessor.makeOutgoingRequest(request);
        }
    }

    /** Have something look each time before the key of a room is given to anybody. */
    beforeSharing(look: BeforeSharing): void {
        const machine = this.#machine;
        const share = machine.shareRoomKey.bind(machine);
        machine.shareRoomKey = async (room, users, settings) => {
            await look({ roomId: String(room), userIds: users.map(String), settings });
            return share(room, users, settings);
        };
    }

    /** Have something say of each newcomer whether they are given the keys of what was said before. */
    whoGetsHistory(mayHave: (userId: string) => Promise<boolean>): void {
        const machine = this.#machine;
        const share = machine.shareRoomKeyBundleData.bind(machine);
        machine.shareRoomKeyBundleData = async (user, ...rest) =>
            (await mayHave(String(user))) ? share(user, ...rest) : [];
    }

    /** Ask the machine only about settings of rooms that it has not taken before, and to follow only people whom it does
     * not follow: at each start js-sdk asks it for every room, and each time it looks into its store or writes there. */
    passOver(taken: Pick<TakenSettings, "has" | "add">): void {
        const machine = this.#machine;
        const turns = new Turns();
        const set = machine.setRoomSettings.bind(machine);
        machine.setRoomSettings = async (room, settings) => {
            const [roomId, said] = [String(room), saidBy(settings)];
            if (taken.has(roomId, said)) return turns.give();
            await set(room, settings);
            taken.add(roomId, said);
        };
        const update = machine.updateTrackedUsers.bind(machine);
        let before: Promise<Set<string>> | undefined;
        machine.updateTrackedUsers = async (users) => {
            before ??= machine.trackedUsers().then((known) => new Set([...known].map(String)));
            const tracked = await before;
            const fresh = users.filter((user) => !tracked.has(String(user)));
            if (fresh.length === 0) return turns.give();
            const ids = fresh.map(String);
            await update(fresh);
            for (const id of ids) tracked.add(id);
        };
    }

    /** Do not show the machine a sync that holds nothing for it: it would write to its store each time. Now and then it
     * sees one all the same, as it then also puts away verifications that nobody goes on with. */
    passOverSyncs(now: () => number = () => performance.now()): void {
        const machine = this.#machine;
        const receive = machine.receiveSyncChanges.bind(machine);
        let last = { said: "", at: Number.NEGATIVE_INFINITY };
        machine.receiveSyncChanges = async (events, devices, counts, fallbackKeys, settings) => {
            const said = JSON.stringify([[...counts], fallbackKeys && [...fallbackKeys]]);
            const nothing = events === "[]" && devices.isEmpty() && said === last.said;
            if (nothing && now() - last.at < SYNC_EVERY_MS) {
                devices.free();
                return [];
            }
            const processed = await receive(events, devices, counts, fallbackKeys, settings);
            last = { said, at: now() };
            return processed;
        };
    }

    get #machine(): OlmMachine {
        return this.#inside.olmMachine;
    }
}

/** Return the key that an identity stands on. */
export function masterKeyOf({ masterKey }: Identity): string {
    const { keys } = JSON.parse(masterKey) as { keys: Record<string, string> };
    return Object.values(keys)[0] ?? "";
}

/** Settings of a room, as one text. */
function saidBy(settings: RoomSettings): string {
    const { algorithm, encryptStateEvents, onlyAllowTrustedDevices } = settings;
    const { sessionRotationPeriodMs, sessionRotationPeriodMessages } = settings;
    return JSON.stringify([
        algorithm,
        encryptStateEvents,
        onlyAllowTrustedDevices,
        sessionRotationPeriodMs ?? null,
        sessionRotationPeriodMessages ?? null,
    ]);
}

/** Whether something of the machine's has been given back, by whoever took it or by the collector. */
function isFree(taken: Freed | undefined): boolean {
    return taken === undefined || (taken as unknown as { __wbg_ptr: number }).__wbg_ptr === 0;
}

/** Whether an identity is another than the one that this device first saw, and nobody has looked at it. */
export function hasChanged(identity: Identity): boolean {
    if (!(identity instanceof OtherUserIdentity)) return false;
    return identity.identityNeedsUserApproval() || identity.hasVerificationViolation();
}

/** Give a device no keys from now on, or let it have them again. */
export async function withhold(device: Device, withheld: boolean): Promise<void> {
    if (device.isBlacklisted() === withheld) return;
    await device.setLocalTrust(withheld ? LocalTrust.BlackListed : LocalTrust.Unset);
}

/** Give the key of a room only to devices that their owners vouch for; who publishes no identity gets none. */
export function onlyVouchedFor(settings: EncryptionSettings): void {
    settings.sharingStrategy = CollectStrategy.identityBasedStrategy();
}
