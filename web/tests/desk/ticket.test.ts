import { expect, test } from "vitest";

import { checked } from "../../src/desk/viewmodels/ticket.ts";
import { VECTOR } from "./ticket_vector.ts";

test("a ticket that the gateway signed is read", async () => {
    const said = { n: "PSP-7K4M-92XC", c: "timur.foto", t: 1_795_500_000, m: 1 };
    expect(await checked(VECTOR.text, VECTOR.key)).toEqual(said);
});

test("a ticket that was changed, of another office, or that is none, is none", async () => {
    const [prefix, , signature] = VECTOR.text.split(".");
    const later = btoa('{"n":"PSP-7K4M-92XC","c":"timur.foto","t":1795599999,"m":1}').replace(/=+$/, "");
    const other = "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w";
    expect(await checked(VECTOR.text, other)).toBeNull();
    const none = [`${prefix}.${later}.${signature}`, `${VECTOR.text}.x`, "AT1.e30.AA", "AT1..", "AT1.e30.é", "halo"];
    for (const text of none) expect(await checked(text, VECTOR.key), text).toBeNull();
});
