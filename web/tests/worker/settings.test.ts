import { expect, test } from "vitest";

import { isQuietNow } from "../../src/worker/settings.ts";

const at = (hours: number, minutes = 0) => new Date(2026, 0, 1, hours, minutes);

test("quiet hours may lie on both sides of midnight", () => {
    const usual = { language: "id", content: true } as const;
    const night = { ...usual, quiet: { from: 22 * 60, to: 6 * 60 } } as const;
    expect([21, 22, 0, 5, 6].map((hour) => isQuietNow(night, at(hour)))).toEqual([false, true, true, true, false]);
    const noon = { ...usual, quiet: { from: 12 * 60, to: 12 * 60 + 30 } } as const;
    expect([isQuietNow(noon, at(12, 29)), isQuietNow(noon, at(12, 30))]).toEqual([true, false]);
    expect(isQuietNow({ ...usual, quiet: null }, at(0))).toBe(false);
});
