import { expect, test } from "vitest";

import { safetyNumber } from "../../../src/matrix/keys/safety_number.ts";

const ANI = { userId: "@ani:x", masterKey: "AAAA" };
const BUDI = { userId: "@budi:x", masterKey: "BBBB" };

test("both see the same twelve groups of five digits", async () => {
    const number = await safetyNumber(ANI, BUDI);
    expect(number).toEqual(await safetyNumber(BUDI, ANI));
    expect(number).toHaveLength(12);
    for (const group of number) expect(group).toMatch(/^\d{5}$/);
});

test("another key, another person, or keys that are exchanged give another number", async () => {
    const numbers = await Promise.all([
        safetyNumber(ANI, BUDI),
        safetyNumber(ANI, { ...BUDI, masterKey: "CCCC" }),
        safetyNumber(ANI, { ...BUDI, userId: "@eve:x" }),
        safetyNumber({ ...ANI, masterKey: BUDI.masterKey }, { ...BUDI, masterKey: ANI.masterKey }),
    ]);
    expect(new Set(numbers.map((groups) => groups.join(" "))).size).toBe(4);
});
