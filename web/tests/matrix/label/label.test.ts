import { describe, expect, test } from "vitest";

import { admissionOf } from "../../../src/matrix/label/admission.ts";
import { type Device, type Label, labelOf, type Reader, type RoomFacts } from "../../../src/matrix/label/label.ts";
import type { Service } from "../../../src/matrix/label/service_record.ts";

function device(change: Partial<Device> = {}): Device {
    const known = { signed: true, named: true, run: null, leftOut: false, since: 0, here: false };
    return { id: "HP", name: "HP", ...known, ...change };
}

function reader(name: string, change: Partial<Reader> = {}): Reader {
    return {
        userId: `@${name}:x`,
        name,
        picture: null,
        me: false,
        known: true,
        identity: "published",
        compared: false,
        accepted: false,
        admitted: false,
        devices: [device()],
        service: null,
        ...change,
    };
}

const ME = reader("Budi", { me: true });
const ANI = reader("Ani");

function room(readers: readonly Reader[], change: Partial<RoomFacts> = {}): RoomFacts {
    return { encrypted: true, open: false, historyShared: false, complete: true, readers, ...change };
}

const OWN_KEYS: Service = { fault: null, accepted: false, hosts: [], devices: [], believed: true, matter: "1" };
const HOSTED: Service = { ...OWN_KEYS, hosts: [{ name: "PT Contoh", country: "SG" }] };
const OVER: Service = { ...HOSTED, fault: "expired" };
const UNCHECKABLE: Service = { ...OWN_KEYS, fault: "uncheckable", believed: false };

const TABLE: [string, RoomFacts, Partial<Label>][] = [
    ["oneself", room([ME]), { kind: "alone", mark: "closed" }],
    ["two people", room([ME, ANI]), { kind: "two", mark: "closed", who: "Ani", count: 2 }],
    ["a group", room([ME, ANI, reader("Citra")]), { kind: "group", mark: "closed", count: 3 }],
    ["an office", room([ME, reader("Imigrasi", { service: OWN_KEYS })]), { kind: "self-hosted", mark: "office" }],
    [
        "a hosted business",
        room([ME, reader("Toko", { service: HOSTED })]),
        { kind: "hosted", mark: "half", who: "Toko", host: "PT Contoh" },
    ],
    [
        "an office whose statement is over",
        room([ME, reader("Imigrasi", { service: OVER })]),
        { kind: "broken", mark: "alert", held: true, who: "Imigrasi" },
    ],
    [
        "one that the person here has looked at",
        room([ME, reader("Imigrasi", { service: { ...OVER, accepted: true } })]),
        { kind: "broken", mark: "alert", held: false },
    ],
    [
        "an office that cannot be checked here",
        room([ME, reader("Imigrasi", { service: UNCHECKABLE })]),
        { kind: "uncheckable", mark: "alert", held: true, who: "Imigrasi" },
    ],
    [
        "an office that one goes on with unchecked",
        room([ME, reader("Imigrasi", { service: { ...UNCHECKABLE, accepted: true } })]),
        { kind: "uncheckable", mark: "half", held: false },
    ],
    [
        "an office with a device that it does not name",
        room([
            ME,
            reader("Imigrasi", { service: OWN_KEYS, devices: [device(), device({ id: "lain", named: false })] }),
        ]),
        { kind: "broken", mark: "alert", held: true, who: "Imigrasi" },
    ],
    [
        "one that one writes on without",
        room([ME, reader("Imigrasi", { service: OWN_KEYS, devices: [device({ named: false, leftOut: true })] })]),
        { kind: "left-out", mark: "half", held: false },
    ],
    [
        "a group that a hosted business has come into",
        room([ME, ANI, reader("Toko", { service: HOSTED })]),
        { kind: "hosted", mark: "alert", who: "Toko", host: "PT Contoh", held: true },
    ],
    [
        "one whose business one was told of",
        room([ME, ANI, reader("Toko", { service: HOSTED, admitted: true })]),
        { kind: "hosted", mark: "half", who: "Toko", host: "PT Contoh", held: false },
    ],
    [
        "a group with an office that runs itself",
        room([ME, ANI, reader("Imigrasi", { service: OWN_KEYS, admitted: true })]),
        { kind: "group-service", mark: "office", who: "Imigrasi", count: 3, held: false },
    ],
    [
        "a group whose office one was not told of, beside an app that was accepted",
        room([ME, reader("Bot", { identity: "none", accepted: true }), reader("Imigrasi", { service: OWN_KEYS })]),
        { kind: "uncheckable", held: true, heldFor: { reason: "new-service", userId: "@Imigrasi:x" } },
    ],
    ["a public channel", room([], { encrypted: false, open: true }), { kind: "public", mark: "open" }],
    ["an open chat that is encrypted", room([ME, ANI], { open: true }), { kind: "public", mark: "open" }],
    ["members in clear", room([ME, ANI], { encrypted: false }), { kind: "unencrypted", mark: "open" }],
    [
        "an app that nobody was asked about",
        room([ME, reader("Bot", { identity: "none" })]),
        { kind: "uncheckable", mark: "alert", held: true, who: "Bot" },
    ],
    [
        "an app that was accepted",
        room([ME, reader("Bot", { identity: "none", accepted: true })]),
        { kind: "uncheckable", mark: "half", held: false },
    ],
    [
        "changed keys",
        room([ME, ANI, reader("Citra", { identity: "changed" })]),
        { kind: "broken", mark: "alert", held: true, who: "Citra" },
    ],
    [
        "an unrecognised device",
        room([ME, reader("Ani", { devices: [device(), device({ id: "lain", signed: false })] })]),
        { kind: "broken", mark: "alert", held: true, who: "Ani", me: false },
    ],
    [
        "an unrecognised device that one writes on without",
        room([ME, reader("Ani", { devices: [device(), device({ id: "lain", signed: false, leftOut: true })] })]),
        { kind: "left-out", mark: "half", held: false, who: "Ani" },
    ],
    [
        "another one after that",
        room([
            ME,
            reader("Ani", {
                devices: [device({ id: "lain", signed: false, leftOut: true }), device({ id: "baru", signed: false })],
            }),
        ]),
        { kind: "broken", mark: "alert", held: true, who: "Ani" },
    ],
    [
        "an unrecognised device of one's own, and of somebody else",
        room([
            { ...ME, devices: [device({ signed: false })] },
            reader("Ani", { devices: [device({ signed: false })] }),
        ]),
        { kind: "broken", held: true, who: "Ani", me: false },
    ],
    [
        "an unrecognised device of one's own",
        room([{ ...ME, devices: [device({ signed: false })] }, ANI]),
        { kind: "broken", me: true, held: false },
    ],
    ["somebody who is not known yet", room([ME, reader("Ani", { known: false })]), { kind: "looking", held: false }],
    ["members who are not known yet", room([ME], { complete: false }), { kind: "looking", mark: "waiting" }],
];

test("what one was told of is this service in this group on these devices by these hosts", () => {
    const toko = reader("Toko", { service: HOSTED });
    const told = admissionOf("!r", toko);
    expect(admissionOf("!r", reader("Toko", { service: { ...HOSTED, matter: "2" } }))).toBe(told);
    const others = [
        admissionOf("!other", toko),
        admissionOf("!r", reader("Lain", { service: HOSTED })),
        admissionOf("!r", reader("Toko", { service: OWN_KEYS })),
        admissionOf("!r", reader("Toko", { service: HOSTED, devices: [device(), device({ id: "baru" })] })),
    ];
    expect(new Set([told, ...others]).size).toBe(5);
});

test.each(TABLE)("%s", (_name, facts, expected) => {
    expect(labelOf(facts)).toMatchObject(expected);
});

test("what was said before a newcomer came is said to be shared, where it is", () => {
    expect(labelOf(room([ME, ANI], { historyShared: true })).reasons).toEqual([{ kind: "history-shared" }]);
});

/* All rooms of up to two others out of every kind of reader: few enough to look at each. */

const IDENTITIES = ["none", "published", "changed"] as const;
const SERVICES = [null, OWN_KEYS, HOSTED, OVER, UNCHECKABLE, { ...OVER, accepted: true }];
const DEVICES = [
    [],
    [device()],
    [device({ signed: false })],
    [device(), device({ id: "lain", signed: false })],
    [device(), device({ id: "lain", signed: false, leftOut: true })],
    [device({ named: false })],
];
const FLAGS = [true, false];

const OTHERS = [
    reader("Ani", { known: false }),
    ...IDENTITIES.flatMap((identity) =>
        SERVICES.flatMap((service) =>
            DEVICES.flatMap((devices) =>
                FLAGS.map((accepted) => reader("Ani", { identity, service, devices, accepted })),
            ),
        ),
    ),
];
const OWN = DEVICES.map((devices) => ({ ...ME, devices }));
const ROOMS = FLAGS.flatMap((encrypted) =>
    FLAGS.flatMap((open) => FLAGS.map((complete) => room([], { encrypted, open, complete }))),
);

const DANGER: Record<Label["mark"], number> = { closed: 0, office: 0, waiting: 1, half: 2, open: 3, alert: 4 };

describe("whoever is in it", () => {
    test("one more reader never makes a chat look safer", () => {
        for (const place of ROOMS)
            for (const first of OTHERS) {
                const before = DANGER[labelOf({ ...place, readers: [ME, first] }).mark];
                const after = OTHERS.map((second) => DANGER[labelOf({ ...place, readers: [ME, first, second] }).mark]);
                expect(Math.min(...after)).toBeGreaterThanOrEqual(before);
            }
    });

    test("a lock is closed only if everybody is known, vouched for, and as before", () => {
        const all = ROOMS.flatMap((place) => OWN.flatMap((me) => OTHERS.map((other) => ({ place, me, other }))));
        const closed = all.filter(({ place, me, other }) =>
            ["closed", "office"].includes(labelOf({ ...place, readers: [me, other] }).mark),
        );
        expect(closed).not.toEqual([]);
        for (const { place, me, other } of closed) {
            expect(place).toMatchObject({ encrypted: true, open: false, complete: true });
            expect(other).toMatchObject({ known: true, identity: "published" });
            expect([...me.devices, ...other.devices].every(({ signed, named }) => signed && named)).toBe(true);
            expect([null, OWN_KEYS]).toContain(other.service);
        }
    });

    test("messages are held only in what is encrypted, for somebody the label names a reason for", () => {
        for (const place of ROOMS)
            for (const other of OTHERS) {
                const { held, reasons, mark } = labelOf({ ...place, readers: [ME, other] });
                if (!held) continue;
                expect(place.encrypted).toBe(true);
                expect(mark).toBe("alert");
                expect(reasons.some((reason) => "userId" in reason && reason.userId === other.userId)).toBe(true);
            }
    });
});
