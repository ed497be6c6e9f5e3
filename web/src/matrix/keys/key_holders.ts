/* Whose devices hold keys, and who vouches for them: what this device knows of people, kept as it changes.
 * An unsigned device of somebody who publishes an identity is given no keys from here, as soon as it is seen. */

import { CryptoEvent } from "matrix-js-sdk/lib/crypto-api/index";

import type { Stop } from "../../platform/observable.ts";
import { admissionOf, isGroup } from "../label/admission.ts";
import { Held, type HeldFor } from "../label/held.ts";
import { stateOf } from "../label/key_statement.ts";
import { type Device, isStrange, isUnknown, type Reader } from "../label/label.ts";
import { type Service, serviceIn } from "../label/service_record.ts";
import type { Session } from "../session/session.ts";
import { Decisions } from "./decisions.ts";
import { hasChanged, type Identity, Machine, masterKeyOf, onlyVouchedFor, type Sharing, withhold } from "./machine.ts";

/** What is known of a person wherever they are met. */
export type Holder = Pick<Reader, "known" | "identity" | "compared" | "devices" | "service">;

type MachineDevice = Parameters<typeof withhold>[0];

/** Of whom nothing is known. */
export const UNKNOWN: Holder = { known: false, identity: "none", compared: false, devices: [], service: null };

export class KeyHolders {
    readonly #session: Session;
    readonly #machine: Machine;
    readonly #leftOut: Decisions;
    readonly #acceptedStatements: Decisions;
    readonly #admitted: Decisions;
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
        this.#acceptedStatements = new Decisions(session.vault, "accepted-statements");
        this.#admitted = new Decisions(session.vault, "admitted-services");
        this.#machine.beforeSharing((sharing) => this.#beforeSharing(sharing));
        this.#machine.whoGetsHistory((userId) => this.#mayHaveHistory(userId));
    }

    /** Keep what is known as it is, and tell `listener` of whom it has changed, until the returned function is called. */
    follow(listener: (userIds: readonly string[]) => void): Stop {
        const { client, connection, statements } = this.#session;
        const onDevices = (userIds: string[]) => {
            this.#forget(userIds);
            // Whoever has another device may state something else of it.
            void this.lookAgain(userIds);
        };
        const onTrust = (userId: string) => this.#forget([userId]);
        const onConnection = () => {
            if (this.#isLive) void this.#forgetUnknown();
        };
        this.#listeners.add(listener);
        client.on(CryptoEvent.DevicesUpdated, onDevices);
        client.on(CryptoEvent.UserTrustStatusChanged, onTrust);
        const unfollow = connection.subscribe(onConnection);
        const unstate = statements.onChange((userId) => this.#forget([userId]));
        return () => {
            unstate();
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

    /** Read what these people publish as services, unless that was done in this session; say whether any was read. */
    async lookAtStatements(userIds: readonly string[]): Promise<boolean> {
        const { statements } = this.#session;
        const fresh = this.#isLive ? userIds.filter((userId) => !statements.hasLooked(userId)) : [];
        const looked = fresh.map(async (userId) => {
            const masterKey = await this.masterKey(userId);
            // What no identity has signed states nothing.
            if (masterKey !== null) await statements.look(userId, masterKey);
        });
        // Without an answer what is remembered has to do.
        await Promise.allSettled(looked);
        return fresh.length > 0;
    }

    /** Return those of these people of whom it is still not known whether they are services, once all were asked again. */
    async askAgain(readers: readonly Reader[]): Promise<string[]> {
        const { statements } = this.#session;
        const open = async () => {
            const answered = await Promise.all(readers.map(({ userId }) => statements.hasAnswered(userId)));
            return readers.filter(({ identity }, place) => identity !== "none" && !answered[place]);
        };
        const looks = (await open()).map(async ({ userId }) => {
            const masterKey = await this.masterKey(userId);
            if (masterKey !== null) await statements.look(userId, masterKey);
        });
        await Promise.allSettled(looks);
        return (await open()).map(({ userId }) => userId);
    }

    /** Read again what those of these people publish who are services. */
    async lookAgain(userIds: readonly string[]): Promise<void> {
        await this.lookAtStatements(await this.#session.statements.stale(userIds));
    }

    /** Return those of these people who may be services for all that is known. */
    async neverLookedAt(readers: readonly Reader[]): Promise<string[]> {
        const { statements } = this.#session;
        // What no identity has signed states nothing.
        const published = readers.filter(({ identity }) => identity !== "none");
        const ever = await Promise.all(published.map(({ userId }) => statements.hasEverLooked(userId)));
        return published.filter((_, place) => !ever[place]).map(({ userId }) => userId);
    }

    /** Write on to a service although something is wrong with its statement; to this very one. */
    async acceptStatement(userId: string): Promise<void> {
        const { service } = await this.#holder(userId);
        if (service !== null) await this.#acceptedStatements.make([service.matter]);
        this.#forget([userId]);
    }

    /** Return what the person here was told of services in groups: see `admissionOf`. */
    admitted(): Promise<ReadonlySet<string>> {
        return this.#admitted.made();
    }

    /** Write on in a group although these services are in it. */
    async admit(roomId: string, userIds: readonly string[]): Promise<void> {
        const holders = await this.of(userIds);
        await this.#admitted.make([...holders].map(([userId, holder]) => admissionOf(roomId, { userId, ...holder })));
        this.#forget(userIds);
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
        return (await this.#machine.identity(userId, masterKeyOf)) ?? null;
    }

    /** Write down, for one's other devices too, that a person's key is the one that was compared. */
    async vouchFor(userId: string): Promise<void> {
        await this.#machine.vouchFor(userId);
        this.#forget([userId]);
    }

    /** The last look before a key leaves: nothing happens between it and the choice of devices. */
    async #beforeSharing({ roomId, userIds, settings }: Sharing): Promise<void> {
        const holders = await this.of(userIds);
        const admitted = isGroup(userIds) ? await this.#admitted.made() : null;
        for (const [userId, holder] of holders) {
            if (userId === this.#session.userId) continue;
            const isTold = admitted?.has(admissionOf(roomId, { userId, ...holder })) ?? true;
            const reason = whyNotTo(holder, { isTold });
            if (reason !== null) throw new Held({ reason, userId });
        }
        const published = [...holders.values()].every(({ identity }) => identity === "published");
        // That rule of the machine's knows no statements.
        const people = [...holders.values()].every(({ service }) => service === null);
        if (published && people && holders.get(this.#session.userId)?.compared) onlyVouchedFor(settings);
        // Somebody publishes no identity: each device is looked at anew, as no rule of the machine's fits all of them.
        else await Promise.all(userIds.map((userId) => this.#look(userId)));
    }

    /** What was said before a service came in was not said to it; who may be one, for all that is known, waits too. */
    async #mayHaveHistory(userId: string): Promise<boolean> {
        await this.of([userId]);
        await this.lookAtStatements([userId]);
        const { identity, service } = await this.#holder(userId);
        if (identity === "none") return true;
        return service === null && (await this.#session.statements.hasAnswered(userId));
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
        const service = published === undefined ? null : await this.#service(userId, published.masterKey);
        const leftOut = await this.#leftOut.made();
        const devices = await this.#machine.devices(userId, async (device) => {
            const found = await this.#device(userId, device, { published: published !== undefined, service });
            return { ...found, leftOut: leftOut.has(nameOf(userId, found.id)) };
        });
        return {
            known: published !== undefined || devices.length > 0,
            identity: published?.identity ?? "none",
            compared: published?.compared ?? false,
            devices,
            service,
        };
    }

    async #service(userId: string, masterKey: string): Promise<Service | null> {
        const record = await this.#session.statements.of(userId);
        if (record === undefined) return null;
        const accepted = await this.#acceptedStatements.made();
        return serviceIn(record, { userId, masterKey, nowMs: Date.now(), accepted });
    }

    async #device(
        userId: string,
        device: MachineDevice,
        { published, service }: { published: boolean; service: Service | null },
    ): Promise<Omit<Device, "leftOut">> {
        const id = device.deviceId.toString();
        const own = userId === this.#session.userId;
        const stated = stateOf(service?.devices ?? [], { id, ed25519: device.ed25519Key?.toBase64() });
        const found = {
            id,
            name: device.displayName ?? "",
            signed: device.isCrossSignedByOwner(),
            // One's own devices need no statement to be one's own; nor can what was not believed leave any out.
            named: own || service === null || !service.believed || stated !== undefined,
            run: stated === undefined ? null : { ...stated, by: stated.operator?.name ?? null },
            since: Number(device.firstTimeSeen()),
            here: own && id === this.#session.deviceId,
        };
        if (!found.here) await withhold(device, published && isStrange(found));
        return found;
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

/** Say why nothing may be encrypted to somebody now; null if it may. `isTold`: of a service in a group one was told. */
function whyNotTo({ identity, devices, service }: Holder, { isTold }: { isTold: boolean }): HeldFor["reason"] | null {
    if (identity === "changed") return "changed-identity";
    if (identity === "published" && devices.some(isUnknown)) return "unknown-device";
    return service !== null && !isTold ? "new-service" : null;
}

/** Ids of devices are their owner's choice: two people may have the same. */
function nameOf(userId: string, deviceId: string): string {
    return JSON.stringify([userId, deviceId]);
}

function standing(identity: Identity): Pick<Holder, "identity" | "compared"> & { masterKey: string } {
    return {
        identity: hasChanged(identity) ? "changed" : "published",
        compared: identity.isVerified(),
        masterKey: masterKeyOf(identity),
    };
}
