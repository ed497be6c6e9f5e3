/* Prices as people write them: `Rp12.500`, `US$3.20`. */

import { numbers } from "./formats.ts";
import type { Language } from "./words.ts";

/** In the smallest coin, of which 10 to the power of `exponent` make one of the currency. */
type Money = { minor: number; currency: string; exponent: number };

/** Return a price. Coins are left out where there are none; other countries' dollars are told apart. */
export function price({ minor, currency, exponent }: Money, language: Language): string {
    const format = numbers(language, {
        style: "currency",
        currency,
        currencyDisplay: currency === "IDR" ? "narrowSymbol" : "symbol",
        minimumFractionDigits: minor % 10 ** exponent === 0 ? 0 : exponent,
        maximumFractionDigits: exponent,
    });
    // In Indonesian nothing stands between the sign and the number.
    return format.format(minor / 10 ** exponent).replace(/^Rp\u00a0/, "Rp");
}
