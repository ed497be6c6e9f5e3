/* The cases that the gateway's own rules are held against, as the app reads them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Form, readForm } from "../../../src/matrix/timeline/forms.ts";
import type { Reason } from "../../../src/viewmodels/forms/fields.ts";

type Values = Record<string, unknown>;
type Case = { name: string; A?: Values; B?: Values; misfit?: [string, Reason] };
type Held = {
    screens: unknown;
    first: string;
    data: unknown;
    heading: string;
    good: { A: Values; B: Values };
    cases: Case[];
};

const file = join(import.meta.dirname, "../../../../tests/gateway/forms/filled.json");
export const HELD = JSON.parse(readFileSync(file, "utf8")) as Held;

/** The form of the cases, as it comes in a message. */
export function formOfCases(): Form {
    const { screens, first, data } = HELD;
    const read = readForm({ "id.amanat.form": { v: 1, button: "Isi", screens, first, data } });
    if (read === null) throw new Error("The form of the cases cannot be read.");
    return read.form.form;
}
