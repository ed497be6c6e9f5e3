import { expect, test } from "vitest";

import {
    askedAbout,
    asking,
    orderingOf,
    readOrder,
    readProducts,
    totalOf,
} from "../../../src/matrix/timeline/products.ts";

const RUPIAH = { minor: 1_500_000, currency: "IDR", exponent: 2 };
const FILE = { url: "mxc://a.example/b", key: { k: "a" }, iv: "b", hashes: { sha256: "c" } };
const COFFEE = { id: "SKU-1", title: "Kopi", price: RUPIAH, image: { file: FILE, info: { mimetype: "image/png" } } };
const TOLD = { v: 1, catalog_id: "8123", cart: true, sections: [{ title: "Minuman", items: [COFFEE] }] };

const read = (change: object) => readProducts({ "id.amanat.products": { ...TOLD, ...change } });
const withItem = (change: object) => read({ sections: [{ title: "", items: [{ ...COFFEE, ...change }] }] });
const many = (count: number) => Array.from({ length: count }, (_, place) => ({ id: `${place}`, title: "x" }));

test("what is sold is read whole, with what is usual where nothing is said", () => {
    const products = read({})?.products;
    expect(products).toMatchObject({ catalogId: "8123", cart: true, button: "", header: "", footer: "" });
    const item = products?.sections[0]?.items[0];
    expect(item).toMatchObject({ id: "SKU-1", title: "Kopi", text: "", price: RUPIAH, available: true, url: "" });
    expect(item?.picture?.source).toMatchObject({ url: "mxc://a.example/b", lock: { key: "a" } });
    expect(read({ cart: "yes" })?.products.cart).toBe(false);
    expect(
        withItem({ image: { file: { url: "https://a.example/" } } })?.products.sections[0]?.items[0]?.picture,
    ).toBeNull();
});

test("what does not fit shows nothing", () => {
    const wrong = [
        read({ v: 2 }),
        read({ catalog_id: 8123 }),
        read({ sections: {} }),
        read({ sections: [] }),
        read({ sections: [{ items: many(31) }] }),
        read({ sections: [{ items: many(20) }, { items: many(20) }] }),
        withItem({ title: "" }),
        withItem({ id: "" }),
        withItem({ url: "javascript:alert(1)" }),
        withItem({ price: { ...RUPIAH, minor: -1 } }),
        withItem({ price: { ...RUPIAH, minor: 1.5 } }),
        withItem({ price: { ...RUPIAH, currency: "rp" } }),
        withItem({ price: { ...RUPIAH, exponent: 9 } }),
        withItem({ price: "15000" }),
    ];
    expect(wrong).toEqual(wrong.map(() => null));
    expect(readProducts({})).toBeNull();
});

test("an order is held against what is sold, whose names and prices count", () => {
    const products = read({})?.products ?? null;
    if (products === null) throw new Error("It is sold.");
    const content = orderingOf(products, [{ id: "SKU-1", quantity: 2 }], "tanpa gula");
    expect(readOrder(content, () => products)).toEqual({
        items: [{ id: "SKU-1", quantity: 2 }],
        note: "tanpa gula",
        offer: products,
    });
    expect(readOrder(content, () => null)?.offer).toBeNull();
    expect(readOrder(content, () => ({ ...products, catalogId: "another" }))?.offer).toBeNull();
    expect(readOrder(orderingOf(products, [{ id: "?", quantity: 1 }], ""), () => products)?.offer).toBeNull();
});

test("what is no order is none", () => {
    const orders = [
        { v: 1, catalog_id: "8123", items: [] },
        { v: 1, catalog_id: "8123", items: [{ id: "SKU-1", quantity: 0 }] },
        { v: 1, catalog_id: "8123", items: [{ id: "SKU-1", quantity: 1e9 }] },
        { v: 2, catalog_id: "8123", items: [{ id: "SKU-1", quantity: 1 }] },
        "SKU-1",
    ];
    expect(orders.map((told) => readOrder({ "id.amanat.order": told }, () => null))).toEqual(orders.map(() => null));
});

test("a total is one for each currency, and what has no price is not in it", () => {
    const dollar = { minor: 320, currency: "USD", exponent: 2 };
    const lines = [
        { price: RUPIAH, quantity: 2 },
        { price: { minor: 5_000, currency: "IDR", exponent: 0 }, quantity: 1 },
        { price: dollar, quantity: 1 },
        { price: null, quantity: 3 },
    ];
    expect(totalOf(lines)).toEqual([{ minor: 3_500_000, currency: "IDR", exponent: 2 }, dollar]);
});

test("a question is about a thing of the offer that it answers", () => {
    const products = read({})?.products ?? null;
    expect(askedAbout(asking("SKU-1"), () => products)?.title).toBe(products?.sections[0]?.items[0]?.title);
    expect(askedAbout(asking("SKU-9"), () => products)).toBeNull();
    expect(askedAbout(asking("SKU-1"), () => null)).toBeNull();
    for (const told of [null, "SKU-1", { v: 2, id: "SKU-1" }, { v: 1, id: 1 }]) {
        expect(askedAbout({ "id.amanat.product": told }, () => products)).toBeNull();
    }
});

test("brand and condition are shown as far as they are known", () => {
    const of = (change: object) => {
        const { brand, condition } = withItem(change)?.products.sections[0]?.items[0] ?? {};
        return [brand, condition];
    };
    expect(of({ brand: " Kodak ", condition: "used_good" })).toEqual(["Kodak", "used"]);
    expect(of({ condition: "mint" })).toEqual(["", null]);
    expect(of({ brand: 7, condition: ["new"] })).toEqual(["", null]);
});
