import { expect, test } from "vitest";

import type { Page } from "../../src/matrix/timeline/forms.ts";
import { type Money, Ordering, type Product, type Products } from "../../src/viewmodels/ordering.ts";

const rupiah = (minor: number): Money => ({ minor, currency: "IDR", exponent: 2 });
const item = (id: string, change: Partial<Product> = {}): Product => ({
    id,
    title: id,
    text: "",
    price: rupiah(1_000_000),
    available: true,
    brand: "",
    condition: null,
    url: "",
    picture: null,
    ...change,
});
const items = [item("kopi"), item("teh", { price: null }), item("susu", { available: false })];
const products: Products = {
    catalogId: "8123",
    cart: true,
    button: "",
    header: "",
    footer: "",
    sections: [{ title: "Minuman", items }],
};

type Sent = { text: string; items: readonly { id: string; quantity: number }[]; note: string };

function ordering({ begun = [], fails = false }: { begun?: readonly Page[]; fails?: boolean } = {}) {
    const sent: Sent[] = [];
    let kept: readonly Page[] = begun;
    const order = new Ordering({
        products,
        begun,
        keep: (pages) => {
            kept = pages;
        },
        send: async (each) => {
            if (fails) throw new Error("The disk is full.");
            sent.push(each);
        },
    });
    return { order, sent, kept: () => kept };
}

test("what is taken is counted, and what has no price is said", () => {
    const { order } = ordering();
    order.set("kopi", 2);
    expect(order.value).toMatchObject({ count: 2, totals: [rupiah(2_000_000)], unpriced: false });
    order.set("teh", 1);
    expect(order.value).toMatchObject({ count: 3, totals: [rupiah(2_000_000)], unpriced: true });
    order.set("kopi", 1_000);
    expect(order.value.count).toBe(100);
});

test("what is sold out cannot be taken, nor what is not sold", () => {
    const { order } = ordering({ begun: [{ id: "cart", values: { susu: 2, gula: 1, kopi: "x" } }] });
    order.set("susu", 1);
    expect(order.value.count).toBe(0);
});

test("what was begun is there again, and is gone once it is sent", async () => {
    const first = ordering();
    first.order.set("kopi", 2);
    first.order.set("teh", 1);
    first.order.write(" tanpa gula ");
    const { order, sent, kept } = ordering({ begun: first.kept() });
    expect(order.value).toMatchObject({ count: 3, note: " tanpa gula " });
    await order.send();
    const taken = [
        { id: "kopi", quantity: 2 },
        { id: "teh", quantity: 1 },
    ];
    expect(sent).toEqual([{ text: "2 × kopi, 1 × teh — tanpa gula", items: taken, note: "tanpa gula" }]);
    expect([order.value.sent, kept()]).toEqual([true, []]);
    await order.send();
    expect(sent).toHaveLength(1);
});

test("nothing is not ordered, and what cannot be kept stays", async () => {
    const { order, sent, kept } = ordering({ fails: true });
    await order.send();
    expect(order.value.trouble).toBe(false);
    order.set("kopi", 1);
    await order.send();
    expect(order.value).toMatchObject({ trouble: true, sent: false, count: 1 });
    expect([sent, kept()[0]?.values]).toEqual([[], { kopi: 1 }]);
});
