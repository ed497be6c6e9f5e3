import { expect, test } from "vitest";

import { unwrap, wrap } from "../../src/platform/wrapping.ts";

const SECRET = new Uint8Array(32).fill(7);
const PURPOSE = { salt: new Uint8Array(32).fill(1), name: "@ani:example.org" };
const CLEAR = Uint8Array.of(1, 2, 3);

test("what was wrapped opens with its secret, for its purpose", async () => {
    const wrapped = await wrap(CLEAR, SECRET, PURPOSE);
    expect(await unwrap(wrapped, SECRET, PURPOSE)).toEqual(CLEAR);
});

test.each([
    ["another secret", new Uint8Array(32).fill(8), PURPOSE],
    ["another salt", SECRET, { ...PURPOSE, salt: new Uint8Array(32).fill(2) }],
    ["another name", SECRET, { ...PURPOSE, name: "@budi:example.org" }],
])("it does not open with %s", async (_what, secret, purpose) => {
    const wrapped = await wrap(CLEAR, SECRET, PURPOSE);
    expect(await unwrap(wrapped, secret, purpose)).toBeNull();
});

test("the same is never wrapped alike twice", async () => {
    expect(await wrap(CLEAR, SECRET, PURPOSE)).not.toEqual(await wrap(CLEAR, SECRET, PURPOSE));
});
