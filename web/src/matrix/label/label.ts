/* Who can read a chat, in one line: computed from what this device sees, never from a sentence that a server sends. Pure. */

import type { Picture } from "../rooms/pictures.ts";
import type { HeldFor } from "./held.ts";

/** A device that may hold the keys of a chat. */
export type Device = {
    id: string;
    name: string;
    /** Its owner's published identity vouches for it. */
    signed: boolean;
    /** Nobody vouches for it, and the person here writes on without it. */
    leftOut: boolean;
    /** When this app first saw it, in ms. */
    since: number;
    /** The one that this app runs on. */
    here: boolean;
};

/** What a person's app tells others about itself: nothing at all, an identity, or another one than before. */
export type Identity = "none" | "published" | "changed";

/** What a service says about who runs its devices, checked against its own key. `operator` is null where it does so itself. */
export type Statement = {
    /** Signed by the service, the newest one, and not over. */
    valid: boolean;
    devices: readonly { id: string; operator: string | null; country: string; purpose: string }[];
};

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
    devices: readonly Device[];
    statement: Statement | null;
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
    | { kind: "changed-identity" | "uncheckable-app" | "statement-over"; userId: string; name: string; me: boolean }
    | {
          kind: DeviceReason;
          userId: string;
          name: string;
          me: boolean;
          deviceId: string;
          deviceName: string;
      }
    | { kind: "hosted"; userId: string; name: string; host: string; country: string }
    | { kind: "anybody" | "server-reads" | "history-shared" };

export type LabelKind =
    | "alone"
    | "two"
    | "group"
    | "self-hosted"
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
    reasons: [],
};

const MARKS: Readonly<Record<LabelKind, Mark>> = {
    alone: "closed",
    two: "closed",
    group: "closed",
    "self-hosted": "office",
    looking: "waiting",
    hosted: "half",
    uncheckable: "half",
    "left-out": "half",
    public: "open",
    unencrypted: "open",
    broken: "alert",
};

const BROKEN: readonly Reason["kind"][] = ["changed-identity", "unsigned-device", "unnamed-device", "statement-over"];

/** The kinds, the gravest first: a chat is what it is first found to be, so that one more reader can only make it graver. */
const KINDS: readonly [LabelKind, (facts: RoomFacts, reasons: readonly Reason[]) => boolean][] = [
    ["broken", (_, reasons) => reasons.some(({ kind }) => BROKEN.includes(kind))],
    ["public", ({ open }) => open],
    ["unencrypted", ({ encrypted }) => !encrypted],
    ["uncheckable", (_, reasons) => reasons.some(({ kind }) => kind === "uncheckable-app")],
    ["left-out", (_, reasons) => reasons.some(({ kind }) => kind === "left-out-device")],
    ["hosted", (_, reasons) => reasons.some(({ kind }) => kind === "hosted")],
    ["looking", ({ complete, readers }) => !complete || readers.some(({ known }) => !known)],
    ["group", ({ readers }) => readers.length > 2],
    ["self-hosted", ({ readers }) => readers.some(({ statement }) => statement !== null)],
    ["two", ({ readers }) => readers.length === 2],
    ["alone", () => true],
];

/** Return the label of a chat. */
export function labelOf(facts: RoomFacts): Label {
    const reasons = reasonsOf(facts);
    const kind = KINDS.find(([, holds]) => holds(facts, reasons))?.[0] ?? "looking";
    const held = heldFor(facts) !== null;
    return {
        kind,
        mark: held ? "alert" : MARKS[kind],
        ...named(kind, facts, reasons),
        count: facts.readers.length,
        held,
        reasons,
    };
}

/** Return at whom the person here must look before anything is encrypted for this chat, and why; null if at nobody. */
export function heldFor({ encrypted, readers }: RoomFacts): HeldFor | null {
    if (!encrypted) return null;
    const causes = readers.flatMap((reader) => {
        const reason = heldBy(reader);
        return reason === null ? [] : [{ reason, userId: reader.userId }];
    });
    return causes.toSorted((one, other) => graveness(one) - graveness(other))[0] ?? null;
}

function heldBy({ me, known, identity, accepted, devices }: Reader): HeldFor["reason"] | null {
    // One's own unknown device is given nothing either, but one has only to open the list of one's devices, and it
    // would hold every chat back: while a new phone is being linked, say.
    if (me || !known) return null;
    if (identity === "none") return accepted ? null : "uncheckable-app";
    if (identity === "changed") return "changed-identity";
    return devices.some(isUnknown) ? "unknown-device" : null;
}

/** Say whether nobody vouches for a device, and the person here was not asked about it. */
export function isUnknown({ signed, leftOut }: Device): boolean {
    return !signed && !leftOut;
}

const HELD: readonly HeldFor["reason"][] = ["changed-identity", "unknown-device", "uncheckable-app"];

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
    return { who: readers.find(({ me }) => !me)?.name ?? "", me: false, host: "" };
}

/** What is said of a chat beside its line, the gravest first; among alike, others before oneself. */
function reasonsOf({ encrypted, open, historyShared, readers }: RoomFacts): Reason[] {
    const about = encrypted ? readers.filter(({ known }) => known).flatMap(reasonsOfReader) : [];
    const room: Reason[] = [];
    if (open) room.push({ kind: "anybody" });
    if (!encrypted) room.push({ kind: "server-reads" });
    if (historyShared) room.push({ kind: "history-shared" });
    return [
        ...about.toSorted((one, other) => gravity(one) - gravity(other) || Number(isOwn(one)) - Number(isOwn(other))),
        ...room,
    ];
}

const GRAVITY: readonly Reason["kind"][] = [...BROKEN, "uncheckable-app", "left-out-device", "hosted"];

function gravity({ kind }: Reason): number {
    return GRAVITY.indexOf(kind);
}

function isOwn(reason: Reason): boolean {
    return "me" in reason && reason.me;
}

/** Return what is the matter with a device of somebody who publishes an identity; null if nothing is. */
function kindOf({ id, signed, leftOut }: Device, statement: Statement | null): DeviceReason | null {
    if (!signed) return leftOut ? "left-out-device" : "unsigned-device";
    return statement === null || statement.devices.some((named) => named.id === id) ? null : "unnamed-device";
}

function reasonsOfReader({ userId, name, me, identity, devices, statement }: Reader): Reason[] {
    const person = { userId, name, me };
    if (identity === "none") return [{ kind: "uncheckable-app", ...person }];
    const reasons: Reason[] = identity === "changed" ? [{ kind: "changed-identity", ...person }] : [];
    for (const device of devices) {
        const kind = kindOf(device, statement);
        if (kind !== null) reasons.push({ kind, ...person, deviceId: device.id, deviceName: device.name });
    }
    if (statement === null) return reasons;
    if (!statement.valid) reasons.push({ kind: "statement-over", ...person });
    for (const { operator, country } of statement.devices) {
        if (operator !== null) reasons.push({ kind: "hosted", userId, name, host: operator, country });
    }
    return reasons;
}
