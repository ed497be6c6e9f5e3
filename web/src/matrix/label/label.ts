/* Who can read a chat, in one line: computed from what this device sees, never from a sentence that a server sends. Pure. */

import type { Picture } from "../rooms/pictures.ts";
import { isGroup } from "./admission.ts";
import type { HeldFor } from "./held.ts";
import type { Service } from "./service_record.ts";

/** A device that may hold the keys of a chat. */
export type Device = {
    id: string;
    name: string;
    /** Its owner's published identity vouches for it. */
    signed: boolean;
    /** A service states who runs it; of a person there is nothing to state. */
    named: boolean;
    /** What the service states of it. */
    run: { by: string | null; country: string; purpose: string } | null;
    /** Nobody vouches for it, and the person here writes on without it. */
    leftOut: boolean;
    /** When this app first saw it, in ms. */
    since: number;
    /** The one that this app runs on. */
    here: boolean;
};

/** What a person's app tells others about itself: nothing at all, an identity, or another one than before. */
export type Identity = "none" | "published" | "changed";

/** Somebody who is given the keys of a chat. */
export type Reader = {
    userId: string;
    name: string;
    picture: Picture | null;
    me: boolean;
    /** Identity and devices have been asked for and have come; without it the rest says nothing. */
    known: boolean;
    identity: Identity;
    /** The person here has compared numbers with them. */
    compared: boolean;
    /** The person here was asked, and writes to an app that cannot be checked. */
    accepted: boolean;
    /** The person here was told that this service is in the group, and writes on; of a person there is nothing to tell. */
    admitted: boolean;
    devices: readonly Device[];
    /** What a service says about who runs its devices; null of a person. */
    service: Service | null;
};

export type RoomFacts = {
    encrypted: boolean;
    /** Anybody may come in, or look in from outside. */
    open: boolean;
    /** Whoever comes later may be given what was said before. */
    historyShared: boolean;
    /** Everybody who is given keys is among `readers`. */
    complete: boolean;
    readers: readonly Reader[];
};

type DeviceReason = "unsigned-device" | "unnamed-device" | "left-out-device";

/** What a label stands on, beside the good news. The worst come first. */
export type Reason =
    | { kind: "changed-identity" | "uncheckable-app"; userId: string; name: string; me: boolean }
    /** `uncheckable-statement`: this browser cannot check who runs a service. */
    | {
          kind: "unfit-statement" | "uncheckable-statement";
          userId: string;
          name: string;
          me: boolean;
          fault: NonNullable<Service["fault"]>;
      }
    | {
          kind: DeviceReason;
          userId: string;
          name: string;
          me: boolean;
          deviceId: string;
          deviceName: string;
      }
    /** A service is in a group, and the person here has not been told yet; no `host`: its owner runs it. */
    | { kind: "new-service"; userId: string; name: string; me: boolean; host: string }
    | { kind: "hosted"; userId: string; name: string; host: string; country: string }
    | { kind: "anybody" | "server-reads" | "history-shared" };

export type LabelKind =
    | "alone"
    | "two"
    | "group"
    | "self-hosted"
    | "group-service"
    | "looking"
    | "hosted"
    | "uncheckable"
    | "left-out"
    | "public"
    | "unencrypted"
    | "broken";

/** How a label is drawn; there is always a text beside it. */
export type Mark = "closed" | "office" | "half" | "open" | "alert" | "waiting";

export type Label = {
    kind: LabelKind;
    mark: Mark;
    /** Whom the line names: the other person, the service, or whose app or keys are the matter. */
    who: string;
    /** It is oneself who is the matter. */
    me: boolean;
    /** Who runs a hosted service; empty otherwise. */
    host: string;
    /** How many can read. */
    count: number;
    /** Messages wait until somebody has looked. */
    held: boolean;
    /** At whom, first; null where nothing waits. */
    heldFor: HeldFor | null;
    reasons: readonly Reason[];
};

/** What is shown until the facts are there: it promises nothing. */
export const LOOKING: Label = {
    kind: "looking",
    mark: "waiting",
    who: "",
    me: false,
    host: "",
    count: 0,
    held: false,
    heldFor: null,
    reasons: [],
};

const MARKS: Readonly<Record<LabelKind, Mark>> = {
    alone: "closed",
    two: "closed",
    group: "closed",
    "self-hosted": "office",
    "group-service": "office",
    looking: "waiting",
    hosted: "half",
    uncheckable: "half",
    "left-out": "half",
    public: "open",
    unencrypted: "open",
    broken: "alert",
};

const BROKEN: readonly Reason["kind"][] = ["changed-identity", "unsigned-device", "unnamed-device", "unfit-statement"];

const UNCHECKABLE: readonly Reason["kind"][] = ["uncheckable-app", "uncheckable-statement"];

/** The kinds, the gravest first: a chat is what it is first found to be, so that one more reader can only make it graver. */
const KINDS: readonly [LabelKind, (facts: RoomFacts, reasons: readonly Reason[]) => boolean][] = [
    ["broken", (_, reasons) => reasons.some(({ kind }) => BROKEN.includes(kind))],
    ["public", ({ open }) => open],
    ["unencrypted", ({ encrypted }) => !encrypted],
    ["uncheckable", (_, reasons) => reasons.some(({ kind }) => UNCHECKABLE.includes(kind))],
    ["left-out", (_, reasons) => reasons.some(({ kind }) => kind === "left-out-device")],
    ["hosted", (_, reasons) => reasons.some(({ kind }) => kind === "hosted")],
    ["looking", ({ complete, readers }) => !complete || readers.some(({ known }) => !known)],
    ["group-service", ({ readers }) => isGroup(readers) && readers.some(isService)],
    ["group", ({ readers }) => isGroup(readers)],
    ["self-hosted", ({ readers }) => readers.some(({ service }) => service !== null)],
    ["two", ({ readers }) => readers.length === 2],
    ["alone", () => true],
];

/** Return the label of a chat. */
export function labelOf(facts: RoomFacts): Label {
    const reasons = reasonsOf(facts);
    const kind = KINDS.find(([, holds]) => holds(facts, reasons))?.[0] ?? "looking";
    const cause = heldFor(facts);
    const held = cause !== null;
    return {
        kind,
        mark: held ? "alert" : MARKS[kind],
        ...named(kind, facts, reasons),
        count: facts.readers.length,
        held,
        heldFor: cause,
        reasons,
    };
}

/** Return at whom the person here must look before anything is encrypted for this chat, and why; null if at nobody. */
export function heldFor({ encrypted, readers }: RoomFacts): HeldFor | null {
    if (!encrypted) return null;
    const causes = readers.flatMap((reader) => {
        const reason = heldBy(reader, { group: isGroup(readers) });
        return reason === null ? [] : [{ reason, userId: reader.userId }];
    });
    return causes.toSorted((one, other) => graveness(one) - graveness(other))[0] ?? null;
}

function heldBy(reader: Reader, { group }: { group: boolean }): HeldFor["reason"] | null {
    const { me, known, identity, accepted, devices, service } = reader;
    // One's own unknown device is given nothing either, but one has only to open the list of one's devices, and it
    // would hold every chat back: while a new phone is being linked, say.
    if (me || !known) return null;
    if (identity === "none") return accepted ? null : "uncheckable-app";
    if (identity === "changed") return "changed-identity";
    if (devices.some(isUnknown)) return "unknown-device";
    if (service === null) return null;
    if (service.fault !== null && !service.accepted) return "unfit-statement";
    return group && !reader.admitted ? "new-service" : null;
}

function isService({ me, service }: Reader): boolean {
    return !me && service !== null;
}

/** Say whether nobody vouches for a device, and the person here was not asked about it. */
export function isUnknown(device: Device): boolean {
    return isStrange(device) && !device.leftOut;
}

/** Say whether nobody vouches for a device: not its owner's identity, or not the statement of a service. */
export function isStrange({ signed, named }: Pick<Device, "signed" | "named">): boolean {
    return !signed || !named;
}

const HELD: readonly HeldFor["reason"][] = [
    "changed-identity",
    "unknown-device",
    "unfit-statement",
    "uncheckable-app",
    "new-service",
];

function graveness({ reason }: HeldFor): number {
    return HELD.indexOf(reason);
}

function named(
    kind: LabelKind,
    { readers }: RoomFacts,
    reasons: readonly Reason[],
): { who: string; me: boolean; host: string } {
    const cause = reasons[0];
    const host = cause?.kind === "hosted" ? cause.host : "";
    if (cause !== undefined && "name" in cause && ["broken", "uncheckable", "left-out", "hosted"].includes(kind)) {
        return { who: cause.name, me: "me" in cause && cause.me, host };
    }
    const who = kind === "group-service" ? readers.find(isService) : readers.find(({ me }) => !me);
    return { who: who?.name ?? "", me: false, host: "" };
}

/** What is said of a chat beside its line, the gravest first; among alike, others before oneself. */
function reasonsOf({ encrypted, open, historyShared, readers }: RoomFacts): Reason[] {
    const group = isGroup(readers);
    const known = encrypted ? readers.filter(({ known }) => known) : [];
    const about = known.flatMap((reader) => [...reasonsOfReader(reader), ...(group ? reasonsOfGroup(reader) : [])]);
    const room: Reason[] = [];
    if (open) room.push({ kind: "anybody" });
    if (!encrypted) room.push({ kind: "server-reads" });
    if (historyShared) room.push({ kind: "history-shared" });
    return [
        ...about.toSorted((one, other) => gravity(one) - gravity(other) || Number(isOwn(one)) - Number(isOwn(other))),
        ...room,
    ];
}

const GRAVITY: readonly Reason["kind"][] = [...BROKEN, ...UNCHECKABLE, "left-out-device", "hosted", "new-service"];

function gravity({ kind }: Reason): number {
    return GRAVITY.indexOf(kind);
}

function isOwn(reason: Reason): boolean {
    return "me" in reason && reason.me;
}

/** Return what is the matter with a device of somebody who publishes an identity; null if nothing is. */
function kindOf(device: Device): DeviceReason | null {
    if (!isStrange(device)) return null;
    if (device.leftOut) return "left-out-device";
    return device.signed ? "unnamed-device" : "unsigned-device";
}

function reasonsOfGroup({ userId, name, me, admitted, service }: Reader): Reason[] {
    if (me || admitted || service === null) return [];
    return [{ kind: "new-service", userId, name, me, host: service.hosts.map((host) => host.name).join(", ") }];
}

function reasonsOfReader({ userId, name, me, identity, devices, service }: Reader): Reason[] {
    const person = { userId, name, me };
    if (identity === "none") return [{ kind: "uncheckable-app", ...person }];
    const reasons: Reason[] = identity === "changed" ? [{ kind: "changed-identity", ...person }] : [];
    for (const device of devices) {
        const kind = kindOf(device);
        if (kind !== null) reasons.push({ kind, ...person, deviceId: device.id, deviceName: device.name });
    }
    if (service === null) return reasons;
    const { fault, hosts } = service;
    if (fault !== null) {
        const kind = fault === "uncheckable" ? "uncheckable-statement" : "unfit-statement";
        reasons.push({ kind, ...person, fault });
    }
    for (const { name: host, country } of hosts) reasons.push({ kind: "hosted", userId, name, host, country });
    return reasons;
}
