import { expect, test } from "vitest";

import type { KeyStatement, Verdict } from "../../../src/matrix/label/key_statement.ts";
import { afterLook, type ServiceRecord, seenSeq, serviceIn } from "../../../src/matrix/label/service_record.ts";

const MASTER = "M".repeat(43);
const NOW = { masterKey: MASTER, nowMs: 1000 };

function statement(seq: number, hosts: readonly string[] = [], change: Partial<KeyStatement> = {}): KeyStatement {
    const devices = ["", ...hosts].map((name, place) => ({
        id: `D${place}`,
        ed25519: "D".repeat(43),
        operator: name === "" ? null : { name, key: "H".repeat(43) },
        country: "ID",
        purpose: "bot",
    }));
    const about = { v: 1, user_id: "@a:x", master_key: MASTER, master_kept_by: "owner" } as const;
    return { ...about, seq, issued: 0, expires: 2000, devices, ...change };
}

const good = (told: KeyStatement): Verdict => ({ statement: told, fault: null });

function looked(...verdicts: (Verdict | null)[]): ServiceRecord | undefined {
    let record: ServiceRecord | undefined;
    for (const [place, verdict] of verdicts.entries())
        record = afterLook(record, verdict, { ...NOW, nowMs: 1000 + place });
    return record;
}

function now(
    record: ServiceRecord | undefined,
    change: { nowMs?: number; masterKey?: string; accepted?: string[] } = {},
) {
    if (record === undefined) throw new Error("There is a record.");
    const { accepted = [], ...rest } = change;
    return serviceIn(record, { userId: "@a:x", ...NOW, ...rest, accepted: new Set(accepted) });
}

test("who has never stated anything is no service", () => {
    expect(looked(null)).toBeUndefined();
});

test("a statement is believed until it is over", () => {
    const record = looked(good(statement(3, ["PT Contoh"])));
    expect(now(record)).toMatchObject({ fault: null, believed: true, hosts: [{ name: "PT Contoh", country: "ID" }] });
    expect(now(record, { nowMs: 2000 })).toMatchObject({ fault: "expired", believed: true });
    expect(seenSeq(record, MASTER)).toBe(3);
    expect(seenSeq(record, "another")).toBe(0);
});

test("what was taken back, or is older than what was seen, is missed; the newest stays known", () => {
    const first = good(statement(3));
    expect(now(looked(first, null))).toMatchObject({ fault: "taken-back", believed: true });
    const older = looked(first, { statement: statement(2, ["PT Lama"]), fault: "older" });
    expect(now(older)).toMatchObject({ fault: "older", hosts: [] });
    expect(seenSeq(older, MASTER)).toBe(3);
    expect(now(looked(first, null, first)).fault).toBeNull();
});

test("what was not signed tells nothing of devices", () => {
    const record = looked({ statement: null, fault: "unsigned" });
    expect(now(record)).toMatchObject({ fault: "unsigned", believed: false, devices: [] });
});

test("another identity of the same account has to state anew", () => {
    const record = looked(good(statement(3)));
    expect(now(record, { masterKey: "another" })).toMatchObject({ fault: "wrong-key", believed: false });
});

test("a decision to write on is about one statement and what is wrong with it", () => {
    const record = looked(good(statement(3)));
    const over = now(record, { nowMs: 2000 });
    expect(over.accepted).toBe(false);
    expect(now(record, { nowMs: 2001, accepted: [over.matter] }).accepted).toBe(true);
    const renewed = looked(good(statement(3)), good(statement(4)));
    expect(now(renewed, { nowMs: 2000, accepted: [over.matter] }).accepted).toBe(false);
    expect(now(looked(good(statement(3)), null), { accepted: [over.matter] }).accepted).toBe(false);
});

test("changes of hosts are remembered with the moment at which this device saw them", () => {
    const record = looked(
        good(statement(1, ["PT Contoh"])),
        good(statement(2, ["PT Contoh"])),
        good(statement(3, ["PT Lain", "PT Contoh"])),
        { statement: null, fault: "unsigned" },
        good(statement(4)),
    );
    expect(record?.changes).toEqual([
        { at: 1002, seq: 3, hosts: ["PT Contoh", "PT Lain"] },
        { at: 1004, seq: 4, hosts: [] },
    ]);
});

test("only the newest changes are remembered", () => {
    const hosts = Array.from({ length: 30 }, (_, place) => good(statement(place + 1, [`PT ${place}`])));
    const changes = looked(...hosts)?.changes ?? [];
    expect([changes.length, changes.at(-1)?.hosts]).toEqual([20, ["PT 29"]]);
});
