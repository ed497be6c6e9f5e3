/* One's own account as a service: which of its devices are run by whom, and stating so, signed with the account's identity. */

import { type AccountDataEvents, Method } from "matrix-js-sdk/lib/matrix";

import { Machine } from "../keys/machine.ts";
import { KEY_HOLDERS } from "../keys/statements.ts";
import { canonicalJson } from "../label/canonical_json.ts";
import { type KeyStatement, MAX_LIFE_MS, type Operator, readStatement, stateOf } from "../label/key_statement.ts";
import { type ServiceFault, serviceIn } from "../label/service_record.ts";
import type { Session } from "../session/session.ts";

/** Account data by which whoever runs a device for this account says so, for its owner to agree. */
const HOSTING = "id.amanat.hosting";
/** Account data in which a statement waits for its hosts: the one that signs last publishes it. So nobody's messages are
 * held back in between. */
const PROPOSED = "id.amanat.key_holders.proposed";

/** A device that the account's identity vouches for, or that a host offers to run, and what is to be stated of it. */
export type RunDevice = {
    id: string;
    ed25519: string;
    name: string;
    here: boolean;
    /** Null: the owner runs it. */
    operator: Operator | null;
    country: string;
    purpose: string;
    /** What is published says the same. */
    stated: boolean;
    /** The account's identity vouches for it. */
    vouched: boolean;
    /** Of one that it does not vouch for: the fingerprint that its host has told the owner, by which it is taken up. */
    told: string;
};

export type OwnServiceState = {
    devices: readonly RunDevice[];
    /** Null where nothing was ever stated. `keptByOperator`: a gateway signs, and the owner cannot. */
    standing: { fault: ServiceFault | null; expires: number | null; keptByOperator: boolean } | null;
    /** What was signed last waits for a host. */
    waiting: boolean;
};

export class OwnService {
    readonly #session: Session;
    readonly #machine: Machine;

    constructor(session: Session) {
        this.#session = session;
        this.#machine = new Machine(session.crypto);
    }

    /** Whether the account is a service, or somebody offers to run a device of it; as far as this device knows. */
    get isService(): boolean {
        const { statements, userId } = this.#session;
        return statements.known(userId) !== undefined || Object.keys(this.#offers()).length > 0;
    }

    /** Ask the server, and return how things stand. Rejects without a connection. */
    async look(): Promise<OwnServiceState> {
        const { statements, userId } = this.#session;
        const masterKey = await this.#machine.masterKey(userId);
        await statements.look(userId, masterKey);
        const record = await statements.of(userId);
        const stated = record?.statement ?? null;
        const waiting = this.#proposedSeq() > (stated?.seq ?? 0);
        const devices = await this.#devices(stated);
        if (record === undefined) return { devices, standing: null, waiting };
        const { fault } = serviceIn(record, { userId, masterKey, nowMs: Date.now(), accepted: new Set() });
        const keptByOperator = stated?.master_kept_by === "operator";
        return { devices, standing: { fault, expires: stated?.expires ?? null, keptByOperator }, waiting };
    }

    /** State who runs these devices, from now on and for as long as may be; rejects if that makes no sense. A host's device
     * is vouched for first, if it is the one that the host has told; without a word of it, it is left out. */
    async state(written: readonly RunDevice[]): Promise<void> {
        const { statements, userId } = this.#session;
        const devices = written.filter(({ vouched, told }) => vouched || told.trim() !== "");
        const masterKey = await this.#machine.masterKey(userId);
        const issued = Date.now();
        const statement: KeyStatement = {
            v: 1,
            user_id: userId,
            master_key: masterKey,
            master_kept_by: "owner",
            seq: Math.max((await statements.of(userId))?.statement?.seq ?? 0, this.#proposedSeq()) + 1,
            issued,
            expires: issued + MAX_LIFE_MS,
            devices: devices.map(({ id, ed25519, operator, country, purpose }) => ({
                id,
                ed25519,
                operator,
                country: country.trim().toUpperCase(),
                purpose: purpose.trim(),
            })),
        };
        if (devices.length === 0 || readStatement(statement) === null)
            throw new Error("This is no statement that anybody would believe.");
        await this.#vouch(devices.filter(({ vouched }) => !vouched));
        const signature = await this.#machine.signAs(userId, masterKey, canonicalJson(statement));
        const signed = { ...statement, signatures: { [userId]: { [`ed25519:${masterKey}`]: signature } } };
        if (devices.some(({ operator }) => operator !== null)) await this.#propose(signed);
        else await this.#publish(signed);
        await statements.look(userId, masterKey);
    }

    /** Sign devices with the account's identity; rejects if one is not what its host has told. */
    async #vouch(devices: readonly RunDevice[]): Promise<void> {
        if (devices.some(({ ed25519, told }) => told.replace(/\s/g, "") !== ed25519))
            throw new Error("This is another device than the host has told.");
        for (const { id } of devices) await this.#session.crypto.crossSignDevice(id);
        if (devices.length > 0) await this.#machine.query([this.#session.userId]);
    }

    async #propose(statement: object): Promise<void> {
        const type = PROPOSED as keyof AccountDataEvents;
        await this.#session.client.setAccountData(type, statement as AccountDataEvents[typeof type]);
    }

    #proposedSeq(): number {
        return readStatement(this.#accountData(PROPOSED))?.seq ?? 0;
    }

    #accountData(type: string): Record<string, unknown> {
        return this.#session.client.getAccountData(type as keyof AccountDataEvents)?.getContent() ?? {};
    }

    async #publish(statement: object): Promise<void> {
        const path = `/profile/${encodeURIComponent(this.#session.userId)}/${KEY_HOLDERS}`;
        await this.#session.client.http.authedRequest(Method.Put, path, undefined, { [KEY_HOLDERS]: statement });
    }

    /** Only what the account's identity vouches for can be stated: nobody gives keys to another device. What a host offers
     * can be vouched for here. */
    async #devices(stated: KeyStatement | null): Promise<RunDevice[]> {
        const { userId, deviceId } = this.#session;
        const offers = this.#offers();
        const found = await this.#machine.devices(userId, (device) => ({
            id: device.deviceId.toString(),
            ed25519: device.ed25519Key?.toBase64() ?? "",
            name: device.displayName ?? "",
            vouched: device.isCrossSignedByOwner(),
        }));
        return found
            .filter(({ id, vouched }) => vouched || (offers[id]?.operator ?? null) !== null)
            .map(({ id, ed25519, name, vouched }) => {
                const before = stateOf(stated?.devices ?? [], { id, ed25519 });
                const offer = offers[id];
                const run = offer ?? before ?? { operator: null, country: "ID", purpose: "" };
                const same =
                    before !== undefined && (offer === undefined || before.operator?.key === offer.operator?.key);
                const { operator, country, purpose } = run;
                const here = id === deviceId;
                return { id, ed25519, name, here, operator, country, purpose, stated: same, vouched, told: "" };
            });
    }

    #offers(): Record<string, { operator: Operator | null; country: string; purpose: string }> {
        const content = this.#accountData(HOSTING);
        return Object.fromEntries(
            Object.entries(content).flatMap(([id, offer]) => (isOffer(offer) ? [[id, offer]] : [])),
        );
    }
}

type Offer = { operator: Operator | null; country: string; purpose: string };

function isOffer(value: unknown): value is Offer {
    if (typeof value !== "object" || value === null || !("operator" in value)) return false;
    const { operator, country, purpose } = value as Record<string, unknown>;
    const texts = [country, purpose, ...(operator === null ? [] : [nameIn(operator, "name"), nameIn(operator, "key")])];
    return texts.every((text) => typeof text === "string" && text !== "" && text.length <= 100);
}

function nameIn(operator: unknown, field: "name" | "key"): unknown {
    return typeof operator === "object" && operator !== null ? (operator as Record<string, unknown>)[field] : undefined;
}
