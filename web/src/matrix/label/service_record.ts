/* What this device remembers of a service: the newest statement that it believed, what the last look found, and how its
 * hosts have changed. Pure. */

import type { Fault, KeyStatement, StatedDevice, Verdict } from "./key_statement.ts";

/** `taken-back`: there was a statement, and there is none any more. */
export type ServiceFault = Fault | "taken-back";

/** From `at` on, as this device saw it, these run devices of the service; none: it does so by itself. */
export type HostChange = { at: number; seq: number; hosts: readonly string[] };

export type ServiceRecord = {
    /** Whose statement it is; with another identity numbers begin anew. */
    masterKey: string;
    /** The highest that the service signed; null where none could be believed yet. */
    statement: KeyStatement | null;
    /** Of the last look; that time has passed is not among it. */
    fault: Exclude<ServiceFault, "expired"> | null;
    changes: readonly HostChange[];
};

/** What a label needs of it. `fault` is what is wrong now. */
export type Service = {
    fault: ServiceFault | null;
    /** The person here has looked at what is wrong with this very statement, and writes on. */
    accepted: boolean;
    /** Who runs devices in the service's stead, each once. */
    hosts: readonly { name: string; country: string }[];
    devices: readonly StatedDevice[];
    /** There is a statement that this service did sign; what its devices are is known. */
    believed: boolean;
    /** Names what was wrong with which statement, for a decision about it. */
    matter: string;
};

/** More changes of hosts are not remembered, the oldest forgotten first. */
const REMEMBERED = 20;

/** Return the number below which a statement of this identity is an old one. */
export function seenSeq(record: ServiceRecord | undefined, masterKey: string): number {
    return record?.masterKey === masterKey ? (record.statement?.seq ?? 0) : 0;
}

/** Return the record after a look at what is published; `verdict` is null where nothing is. */
export function afterLook(
    before: ServiceRecord | undefined,
    verdict: Verdict | null,
    { masterKey, nowMs }: { masterKey: string; nowMs: number },
): ServiceRecord | undefined {
    if (verdict === null) return before && { ...before, fault: "taken-back" };
    const { statement, fault } = verdict;
    const known = before?.masterKey === masterKey ? before.statement : null;
    const changes = before?.changes ?? [];
    if (statement === null || fault === "older") return { masterKey, statement: known, fault: lasting(fault), changes };
    const change = changeOf(before?.statement ?? null, statement, nowMs);
    return {
        masterKey,
        statement,
        fault: lasting(fault),
        changes: change === null ? changes : [...changes, change].slice(-REMEMBERED),
    };
}

/** Return what the record says now of a service with this identity. */
export function serviceIn(
    record: ServiceRecord,
    {
        userId,
        masterKey,
        nowMs,
        accepted,
    }: { userId: string; masterKey: string; nowMs: number; accepted: ReadonlySet<string> },
): Service {
    const { statement } = record;
    const over = statement !== null && statement.expires <= nowMs ? "expired" : null;
    const fault = record.fault ?? (record.masterKey === masterKey ? over : "wrong-key");
    const matter = JSON.stringify([userId, masterKey, statement?.seq ?? 0, fault]);
    const believed = record.masterKey === masterKey ? statement : null;
    return {
        fault,
        accepted: accepted.has(matter),
        hosts: believed === null ? [] : hostsOf(believed),
        devices: believed?.devices ?? [],
        believed: believed !== null,
        matter,
    };
}

function lasting(fault: Fault | null): Exclude<Fault, "expired"> | null {
    return fault === "expired" ? null : fault;
}

function changeOf(before: KeyStatement | null, after: KeyStatement, at: number): HostChange | null {
    const [was, is] = [before, after].map((statement) => statement && namesOf(statement));
    if (was === null || was === undefined || !is || was.join("\n") === is.join("\n")) return null;
    return { at, seq: after.seq, hosts: is };
}

function namesOf(statement: KeyStatement): string[] {
    return hostsOf(statement)
        .map(({ name }) => name)
        .toSorted();
}

function hostsOf({ devices }: KeyStatement): { name: string; country: string }[] {
    const hosts = new Map<string, { name: string; country: string }>();
    for (const { operator, country } of devices) {
        if (operator !== null && !hosts.has(operator.name)) hosts.set(operator.name, { name: operator.name, country });
    }
    return [...hosts.values()];
}
