import { describe, expect, it } from "vitest";

import { readPrograms } from "../../../src/matrix/label/programs.ts";

const NOW = 1_000;

describe("programs that a bot tells of", () => {
    it("are shown with what they may do, and whether they still may", () => {
        const told = {
            v: 1,
            programs: [
                { label: "kasir", scopes: ["read", "write"], since: 1, until: NOW + 1, used: 5 },
                { label: "lama", scopes: ["read"], since: 1, until: NOW },
                { label: "tetap", scopes: ["manage", "fly"], since: 1 },
            ],
            sent_to: ["bots.toko.example"],
        };
        expect(readPrograms(told, NOW)).toEqual({
            programs: [
                { label: "kasir", scopes: ["read", "write"], since: 1, until: NOW + 1, used: 5, over: false },
                { label: "lama", scopes: ["read"], since: 1, until: NOW, used: null, over: true },
                { label: "tetap", scopes: ["manage"], since: 1, until: null, used: null, over: false },
            ],
            sentTo: ["bots.toko.example"],
        });
    });

    it("are none where nothing understandable is told", () => {
        for (const told of [undefined, null, [], "x", { v: 2, programs: [] }])
            expect(readPrograms(told, NOW)).toBeNull();
        expect(readPrograms({ v: 1, programs: [7, { label: 7 }, {}], sent_to: [7] }, NOW)).toEqual({
            programs: [],
            sentTo: [],
        });
    });

    it("turn no line around and are no longer than they may be", () => {
        const label = `ka\u202Esir\n${"x".repeat(100)}`;
        const told = {
            v: 1,
            programs: Array.from({ length: 99 }, () => ({ label, scopes: [], since: 1 })),
            sent_to: [],
        };
        const read = readPrograms(told, NOW);
        expect(read?.programs).toHaveLength(40);
        expect(read?.programs[0]?.label).toBe(`kasir${"x".repeat(59)}`);
    });
});
