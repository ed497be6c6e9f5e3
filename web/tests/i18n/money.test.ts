import { expect, test } from "vitest";

import { price } from "../../src/i18n/money.ts";

test.each([
    [{ minor: 1_250_000, currency: "IDR", exponent: 2 }, "id", "Rp12.500"],
    [{ minor: 1_250_050, currency: "IDR", exponent: 2 }, "id", "Rp12.500,50"],
    [{ minor: 12_500, currency: "IDR", exponent: 0 }, "en", "Rp12,500"],
    [{ minor: 320, currency: "USD", exponent: 2 }, "en", "US$3.20"],
] as const)("%o in %s is %s", (money, language, said) => {
    expect(price(money, language)).toBe(said);
});
