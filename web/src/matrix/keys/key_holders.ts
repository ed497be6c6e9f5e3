/* Whose devices hold keys, and who vouches for them: what this device knows of people, kept as it changes.
 * An unsigned device of somebody who publishes an identity is given no keys from here, as soon as it is seen. */

import { CryptoEvent } from "matrix-js-sdk/lib/crypto-api/index";

import type { Stop } from "../../platform/observable.ts";
import { Held } from "../label/held.ts";
import { type Device, isUnknown, type Reader } from "../label/label.ts";
import type { Session } from "../session/session.ts";
import { Decisions } from "./decisions.ts";
import { hasChanged, type Identity, Machine, onlyVouchedFor, withhold } from "./machine.ts";

/** What is known of a person wherever they are met. */
export type Holder = Pick<Reader, "known" | "identity" | "compared" | "devices">;

type MachineDevice = Parameters<typeof withhold>[0];

const UNKNOWN: Holder = { known: false, identity: "none", compared: false, devices: [] };

export class KeyHolders {
    readonly #session: Session;
    readonly #machine: Machine;
    readonly #leftOut: Decisions;
    readonly #found = new Map<string, Promise<Holder>>();
    /** About whom the server was asked in this session: what is not known of them by now is not there. */
    readonly #asked = new Set<string>();
    /** Of whose devices the machine hears. */
    readonly #tracked = new Set<string>();
    readonly #listeners = new Set<(userIds: readonly string[]) => void>();

    constructor(session: Session) {
        this.#session = session;
        this.#machine = new Machine(session.crypto);
        this.#leftOut = new Decisions(session.vault, "left-out-devices");
        this.#machine.beforeSharing((userIds, settings) => this.#beforeSharing(userIds, settings));
    }

    /** Keep what is known as it is, and tell `listener` of whom it has changed, until the returned function is called. */
    follow(listener: (userIds: readonly string[]) => void): Stop {
        const { client, connection } = this.#session;
        const onDevices = (userIds: string[]) => this.#forget(userIds);
        const onTrust = (userId: string) => this.#forget([userId]);
        const onConnection = () => {
            if (this.#isLive) void this.#forgetUnknown();
        };
        this.#listeners.add(listener);
        client.on(CryptoEvent.DevicesUpdated, onDevices);
        client.on(CryptoEvent.UserTrustStatusChanged, onTrust);
        const unfollow = connection.subscribe(onConnection);
        return () => {
            unfollow();
            client.off(CryptoEvent.DevicesUpdated, onDevices);
            client.off(CryptoEvent.UserTrustStatusChanged, onTrust);
            this.#listeners.delete(listener);
        };
    }

    /** Return what is known of people; asks the server about those of whom nothing is. */
    async of(userIds: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
        await this.#track(userIds);
        return new Map(await Promise.all(userIds.map(async (userId) => [userId, await this.#holder(userId)] as const)));
    }

    /** Go on with the keys that a person has now. */
    async acceptKeys(userId: string): Promise<void> {
        const { crypto } = this.#session;
        const status = await crypto.getUserVerificationStatus(userId);
        if (status.wasCrossSigningVerified()) await crypto.withdrawVerificationRequirement(userId);
        await crypto.pinCurrentUserIdentity(userId);
        this.#forget([userId]);
    }

    /** Write on without the devices of people that nobody vouches for; of each that is asked once. */
    async leaveOut(people: readonly { userId: string; devices: readonly Device[] }[]): Promise<void> {
        const strange = people.filter(({ devices }) => devices.some(isUnknown));
        await this.#leftOut.make(
            strange.flatMap(({ userId, devices }) => devices.filter(isUnknown).map(({ id }) => nameOf(userId, id))),
        );
        this.#forget(strange.map(({ userId }) => userId));
    }

    /** Return the key that stands for a person; null where they publish none. */
    async masterKey(userId: string): Promise<string | null> {
        const published = await this.#machine.identity(userId, ({ masterKey }) => masterKey);
        if (published === undefined) return null;
        const { keys } = JSON.parse(published) as { keys: Record<string, string> };
        return Object.values(keys)[0] ?? null;
    }

    /** Write down, for one's other devices too, that a person's key is the one that was compared. */
    async vouchFor(userId: string): Promise<void> {
        await this.#machine.vouchFor(userId);
        this.#forget([userId]);
    }

    /** The last look before a key leaves: nothing happens between it and the choice of devices. */
    async #beforeSharing(userIds: readonly string[], settings: Parameters<typeof onlyVouchedFor>[0]): Promise<void> {
        const holders = await this.of(userIds);
        for (const [userId, { identity, devices }] of holders) {
            if (userId === this.#session.userId) continue;
            if (identity === "changed") throw new Held({ reason: "changed-identity", userId });
            if (identity === "published" && devices.some(isUnknown))
                throw new Held({ reason: "unknown-device", userId });
        }
        const published = [...holders.values()].every(({ identity }) => identity === "published");
        if (published && holders.get(this.#session.userId)?.compared) onlyVouchedFor(settings);
        // Somebody publishes no identity: each device is looked at anew, as no rule of the machine's fits all of them.
        else await Promise.all(userIds.map((userId) => this.#look(userId)));
    }

    async #track(userIds: readonly string[]): Promise<void> {
        const fresh = userIds.filter((userId) => !this.#tracked.has(userId));
        if (fresh.length === 0 || !this.#isLive) return;
        try {
            for (const userId of await this.#machine.track(fresh)) this.#asked.add(userId);
            for (const userId of fresh) this.#tracked.add(userId);
        } catch {
            // What is known here already has to do.
        }
    }

    /** Requests are tried again for half a minute: none is begun that has little hope. */
    get #isLive(): boolean {
        return this.#session.connection.value === "live";
    }

    #holder(userId: string): Promise<Holder> {
        const found = this.#found.get(userId) ?? this.#lookTwice(userId);
        this.#found.set(userId, found);
        return found;
    }

    /** Nothing is known: perhaps there is nothing, perhaps nobody asked. */
    async #lookTwice(userId: string): Promise<Holder> {
        const found = await this.#look(userId);
        if (found.known || this.#asked.has(userId)) return { ...found, known: true };
        if (!this.#isLive) return UNKNOWN;
        try {
            await this.#machine.query([userId]);
        } catch {
            return UNKNOWN;
        }
        this.#asked.add(userId);
        return { ...(await this.#look(userId)), known: true };
    }

    async #look(userId: string): Promise<Holder> {
        const published = await this.#machine.identity(userId, standing);
        const leftOut = await this.#leftOut.made();
        const devices = await this.#machine.devices(userId, async (device) => {
            const found = await this.#device(userId, device, published !== undefined);
            return { ...found, leftOut: leftOut.has(nameOf(userId, found.id)) };
        });
        return {
            known: published !== undefined || devices.length > 0,
            identity: published?.identity ?? "none",
            compared: published?.compared ?? false,
            devices,
        };
    }

    async #device(userId: string, device: MachineDevice, published: boolean): Promise<Omit<Device, "leftOut">> {
        const id = device.deviceId.toString();
        const signed = device.isCrossSignedByOwner();
        const here = userId === this.#session.userId && id === this.#session.deviceId;
        if (!here) await withhold(device, published && !signed);
        return { id, name: device.displayName ?? "", signed, since: Number(device.firstTimeSeen()), here };
    }

    async #forgetUnknown(): Promise<void> {
        const found = await Promise.all(
            [...this.#found].map(async ([userId, holder]) => ({ userId, ...(await holder) })),
        );
        const unknown = found.filter(({ known }) => !known).map(({ userId }) => userId);
        if (unknown.length > 0) this.#forget(unknown);
    }

    #forget(userIds: readonly string[]): void {
        for (const userId of userIds) this.#found.delete(userId);
        for (const listener of this.#listeners) listener(userIds);
    }
}

/** Ids of devices are their owner's choice: two people may have the same. */
function nameOf(userId: string, deviceId: string): string {
    return JSON.stringify([userId, deviceId]);
}

function standing(identity: Identity): Pick<Holder, "identity" | "compared"> {
    return { identity: hasChanged(identity) ? "changed" : "published", compared: identity.isVerified() };
}
