import { describe, expect, test } from "vitest";

import { type Device, type Label, labelOf, type Reader, type RoomFacts } from "../../../src/matrix/label/label.ts";

function device(change: Partial<Device> = {}): Device {
    return { id: "HP", name: "HP", signed: true, leftOut: false, since: 0, here: false, ...change };
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
        devices: [device()],
        statement: null,
        ...change,
    };
}

const ME = reader("Budi", { me: true });
const ANI = reader("Ani");

function room(readers: readonly Reader[], change: Partial<RoomFacts> = {}): RoomFacts {
    return { encrypted: true, open: false, historyShared: false, complete: true, readers, ...change };
}

const OWN_KEYS = { valid: true, devices: [{ id: "HP", operator: null, country: "ID", purpose: "loket" }] };
const HOSTED = { valid: true, devices: [{ id: "HP", operator: "PT Contoh", country: "ID", purpose: "bot" }] };

const TABLE: [string, RoomFacts, Partial<Label>][] = [
    ["oneself", room([ME]), { kind: "alone", mark: "closed" }],
    ["two people", room([ME, ANI]), { kind: "two", mark: "closed", who: "Ani", count: 2 }],
    ["a group", room([ME, ANI, reader("Citra")]), { kind: "group", mark: "closed", count: 3 }],
    ["an office", room([ME, reader("Imigrasi", { statement: OWN_KEYS })]), { kind: "self-hosted", mark: "office" }],
    [
        "a hosted business",
        room([ME, reader("Toko", { statement: HOSTED })]),
        { kind: "hosted", mark: "half", who: "Toko", host: "PT Contoh" },
    ],
    [
        "an office whose statement is over",
        room([ME, reader("Imigrasi", { statement: { ...OWN_KEYS, valid: false } })]),
        { kind: "broken", who: "Imigrasi" },
    ],
    [
        "an office with a device that it does not name",
        room([ME, reader("Imigrasi", { statement: OWN_KEYS, devices: [device({ id: "lain" })] })]),
        { kind: "broken", who: "Imigrasi" },
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

test.each(TABLE)("%s", (_name, facts, expected) => {
    expect(labelOf(facts)).toMatchObject(expected);
});

test("what was said before a newcomer came is said to be shared, where it is", () => {
    expect(labelOf(room([ME, ANI], { historyShared: true })).reasons).toEqual([{ kind: "history-shared" }]);
});

/* All rooms of up to two others out of every kind of reader: few enough to look at each. */

const IDENTITIES = ["none", "published", "changed"] as const;
const STATEMENTS = [null, OWN_KEYS, HOSTED, { ...HOSTED, valid: false }];
const DEVICES = [
    [],
    [device()],
    [device({ signed: false })],
    [device(), device({ id: "lain", signed: false })],
    [device(), device({ id: "lain", signed: false, leftOut: true })],
];
const FLAGS = [true, false];

const OTHERS = [
    reader("Ani", { known: false }),
    ...IDENTITIES.flatMap((identity) =>
        STATEMENTS.flatMap((statement) =>
            DEVICES.flatMap((devices) =>
                FLAGS.map((accepted) => reader("Ani", { identity, statement, devices, accepted })),
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
            expect([...me.devices, ...other.devices].every(({ signed }) => signed)).toBe(true);
            expect([null, OWN_KEYS]).toContain(other.statement);
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
