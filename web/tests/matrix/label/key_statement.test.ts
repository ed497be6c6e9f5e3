import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";

import { canonicalJson } from "../../../src/matrix/label/canonical_json.ts";
import { checkStatement, stateOf } from "../../../src/matrix/label/key_statement.ts";

type Case = {
    name: string;
    published: unknown;
    user_id: string;
    master_key: string;
    now_ms: number;
    seen_seq: number;
    fault: string | null;
    devices: { id: string; ed25519: string; named: boolean }[];
};

/** What Python is held to as well. */
const CASES: Case[] = JSON.parse(readFileSync("../tests/core/key_statements.json", "utf8"));

const expected = ({ user_id, master_key, now_ms, seen_seq }: Case) => ({
    userId: user_id,
    masterKey: master_key,
    nowMs: now_ms,
    seenSeq: seen_seq,
});

afterEach(() => vi.restoreAllMocks());

test.each(CASES.map((each) => [each.name, each] as const))("a statement: %s", async (_, each) => {
    const { statement, fault } = await checkStatement(each.published, expected(each));
    expect(fault).toBe(each.fault);
    const found = each.devices.map((device) => stateOf(statement?.devices ?? [], device) !== undefined);
    expect(found).toEqual(each.devices.map((device) => device.named));
});

test("a browser without the cipher says that it cannot check", async () => {
    vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("no", "NotSupportedError"));
    const [first] = CASES;
    if (first === undefined) throw new Error("There are cases.");
    expect(await checkStatement(first.published, expected(first))).toEqual({ statement: null, fault: "uncheckable" });
});

test("canonical JSON is sorted by code points, without a space", () => {
    expect(canonicalJson({ "\u{1f600}": 1, "\ufffd": [true, null], a: { c: "é\n", b: -0 } })).toBe(
        '{"a":{"b":0,"c":"é\\n"},"\ufffd":[true,null],"\u{1f600}":1}',
    );
    expect(canonicalJson({ ab: 1, a: 2 })).toBe('{"a":2,"ab":1}');
    for (const odd of [0.5, 2 ** 53, "\ud800", undefined, { a: undefined }, () => 1])
        expect(() => canonicalJson(odd)).toThrow(TypeError);
});
