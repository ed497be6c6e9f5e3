import { expect, test } from "vitest";

import type { Page } from "../../../src/matrix/timeline/forms.ts";
import { FormFilling } from "../../../src/viewmodels/forms/filling.ts";
import { formOfCases, HELD } from "./cases.ts";

const SPOKEN = { yes: "ya", day: (written: string) => `tgl ${written}` };

function filling(begun: readonly Page[] = [], send = async () => {}) {
    const sent: { text: string; pages: readonly Page[] }[] = [];
    const kept: (readonly Page[])[] = [];
    const form = new FormFilling({
        form: formOfCases(),
        begun,
        keep: (pages) => kept.push(pages),
        send: async (filled) => {
            await send();
            sent.push(filled);
        },
    });
    return { form, sent, kept };
}

async function fill(form: FormFilling, values: Record<string, unknown>) {
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    await form.next(SPOKEN);
}

const problems = ({ value }: FormFilling) =>
    value.items.flatMap((item) => ("problem" in item && item.problem !== null ? [[item.name, item.problem]] : []));

test.each(HELD.cases)("$name", async ({ A = {}, B = {}, misfit }) => {
    const { form, sent } = filling();
    await fill(form, { ...HELD.good.A, ...A });
    if (form.value.step === 1) await fill(form, { ...HELD.good.B, ...B });
    expect(problems(form)).toEqual(misfit === undefined ? [] : [misfit]);
    expect(sent).toHaveLength(misfit === undefined ? 1 : 0);
});

test("what is sent is what counts, and is said in words", async () => {
    const { form, sent, kept } = filling();
    expect(form.value.items[0]).toMatchObject({ kind: "heading", text: HELD.heading });
    await fill(form, { ...HELD.good.A, layanan: "baru", pin: "1234" });
    await fill(form, HELD.good.B);
    expect(sent[0]?.pages.map(({ values }) => values)).toEqual([
        { nama: "Budi", umur: "20", surel: "", telepon: "", pin: "1234", layanan: "baru", berkas: ["ktp", "kk"] },
        { hari: "2026-12-07", cuti: { "start-date": "", "end-date": "" }, pesan: "", setuju: true },
    ]);
    expect(sent[0]?.text).toBe(
        [
            "Nama: Budi",
            "Umur: 20",
            "PIN: ••••",
            "Layanan: Baru",
            "Kota: Bogor",
            "Berkas: KTP, KK",
            "Hari: tgl 2026-12-07",
            "Setuju: ya",
        ].join("\n"),
    );
    expect(form.value.sent).toBe(true);
    expect(kept.at(-1)).toEqual([]);
    expect(JSON.stringify(kept)).not.toContain("1234");
});

test("nothing is wrong before somebody wants to go on", async () => {
    const { form } = filling();
    expect(problems(form)).toEqual([]);
    await form.next(SPOKEN);
    expect(problems(form)).toEqual([
        ["nama", "missing"],
        ["layanan", "missing"],
    ]);
    expect(form.value).toMatchObject({ refused: 1, step: 0 });
    form.set("nama", "Budi");
    expect(problems(form)).toEqual([["layanan", "missing"]]);
});

test("what depends on another comes and goes", () => {
    const { form } = filling();
    const names = () => form.value.items.flatMap((item) => ("name" in item ? [item.name] : []));
    expect(names()).not.toContain("lama");
    form.set("umur", "17");
    form.set("layanan", "ganti");
    expect(names()).toContain("lama");
    expect(form.value.next).toMatchObject({ label: "Lanjut", sends: false });
    form.set("umur", "16");
    expect(names()).not.toContain("lama");
    expect(form.value.next).toMatchObject({ label: "Selesai", sends: true });
});

test("what was begun goes on, as far as it still leads", async () => {
    const first = filling();
    await fill(first.form, HELD.good.A);
    first.form.set("hari", "2026-12-07");
    const again = filling(first.kept.at(-1));
    expect(again.form.value.step).toBe(1);
    expect(again.form.value.items).toContainEqual(expect.objectContaining({ name: "hari", value: "2026-12-07" }));
    again.form.back();
    expect(again.form.value.items).toContainEqual(expect.objectContaining({ name: "lama", value: "X1" }));
    const astray = filling([
        { id: "A", values: { nama: "Bu" } },
        { id: "B", values: {} },
    ]);
    expect(astray.form.value.step).toBe(0);
    expect(filling([{ id: "Z", values: {} }]).form.value.step).toBe(0);
});

test("what could not be kept to be sent stays", async () => {
    const { form, kept } = filling([], () => Promise.reject(new Error("full")));
    await fill(form, HELD.good.A);
    await fill(form, HELD.good.B);
    expect(form.value).toMatchObject({ trouble: "not kept", sending: false, sent: false });
    expect(kept.at(-1)).not.toEqual([]);
});
