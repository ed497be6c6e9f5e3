/* What a business sells in a message, and what people order of it. Anybody can send anything: what does not fit shows
 * nothing, and the text beside it stands. Names and prices are always those of the offer, never of an order. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";

import { type MediaBody, readMedia } from "../media/media_body.ts";
import { introIn, isObject, lineOf, type Offer } from "./menus.ts";

const PRODUCTS = "id.amanat.products";
const ORDER = "id.amanat.order";
const PRODUCT = "id.amanat.product";
const VERSION = 1;
/** As many as the Cloud API's lists of products have. */
const MAX_ITEMS = 30;
const MAX_SECTIONS = 10;
const MAX_ID = 200;
const MAX_TITLE = 200;
const MAX_LINE = 60;
const MAX_TEXT = 2_000;
const MAX_URL = 2_000;
/** As feeds of products have them. */
const CONDITION_OF: ReadonlyMap<string, Condition> = new Map([
    ["new", "new"],
    ["open_box_new", "opened"],
    ["refurbished", "refurbished"],
    ["cpo", "refurbished"],
    ["used", "used"],
    ["used_like_new", "used"],
    ["used_good", "used"],
    ["used_fair", "used"],
]);
export const MAX_NOTE = 1_000;
export const MAX_QUANTITY = 99;

/** In the smallest coin: 1500000 of IDR with an exponent of 2 are Rp15.000. */
export type Money = { minor: number; currency: string; exponent: number };

export type Condition = "new" | "opened" | "refurbished" | "used";

export type Product = {
    id: string;
    title: string;
    text: string;
    /** Null where it is asked for. */
    price: Money | null;
    available: boolean;
    brand: string;
    /** Null where it is not said, or in words that are not known here. */
    condition: Condition | null;
    /** Empty, or a page. */
    url: string;
    picture: MediaBody | null;
};

export type Section = { title: string; items: readonly Product[] };

export type Products = {
    catalogId: string;
    /** They can be ordered here. */
    cart: boolean;
    /** Empty but for what opens a whole catalogue. */
    button: string;
    header: string;
    footer: string;
    sections: readonly Section[];
};
export type ProductsOffer = Omit<Offer, "menu"> & { products: Products };

export type OrderedItem = { id: string; quantity: number };
/** `offer` is what it orders from, where that is known here. */
export type Order = { items: readonly OrderedItem[]; note: string; offer: Products | null };

/** Read what a message sells; null where that is nothing that could be shown. */
export function readProducts(content: IContent): ProductsOffer | null {
    const told = content[PRODUCTS];
    if (!isObject(told) || told.v !== VERSION || !isId(told.catalog_id)) return null;
    if (!Array.isArray(told.sections) || told.sections.length > MAX_SECTIONS) return null;
    const sections = told.sections.map(sectionIn);
    const whole = sections.filter((section) => section !== null);
    const items = whole.flatMap((section) => section.items);
    // What is left out would be hidden, and one id of two things is none.
    if (whole.length < sections.length || new Set(items.map(({ id }) => id)).size < items.length) return null;
    if (items.length === 0 || items.length > MAX_ITEMS) return null;
    const products: Products = {
        catalogId: told.catalog_id,
        cart: told.cart === true,
        button: lineOf(told.button, MAX_LINE),
        header: lineOf(told.header, MAX_TITLE),
        footer: lineOf(told.footer, MAX_TITLE),
        sections: whole,
    };
    return { products, ...introIn(told) };
}

/** Read one thing that is sold; null where it cannot be shown as it is meant. */
export function productIn(told: unknown): Product | null {
    if (!isObject(told) || !isId(told.id)) return null;
    const [title, price, url] = [lineOf(told.title, MAX_TITLE), moneyIn(told.price), urlIn(told.url)];
    if (title === "" || price === undefined || url === null) return null;
    return {
        id: told.id,
        title,
        text: textIn(told.text, MAX_TEXT),
        price,
        available: told.available !== false,
        brand: lineOf(told.brand, MAX_TITLE),
        condition: (typeof told.condition === "string" && CONDITION_OF.get(told.condition)) || null,
        url,
        picture: pictureIn(told.image, title),
    };
}

/** Read an address; empty where there is none, null where it leads elsewhere than to a page. */
export function urlIn(told: unknown): string | null {
    if (told === undefined || told === "") return "";
    if (typeof told !== "string" || told.length > MAX_URL || !/^https?:\/\//i.test(told)) return null;
    return URL.canParse(told) ? told : null;
}

/** Read a picture or a film; null where there is none that could be shown. */
export function pictureIn(told: unknown, name: string, msgtype: "m.image" | "m.video" = "m.image"): MediaBody | null {
    return isObject(told) ? readMedia({ msgtype, body: name, file: told.file, info: told.info }) : null;
}

/** Read words of several lines, cut where they are too long. */
export function textIn(told: unknown, most: number): string {
    return typeof told === "string" ? told.slice(0, most).trim() : "";
}

/** Read an order; null where a message is none. `offerOf` returns what the message that it answers sells. */
export function readOrder(content: IContent, offerOf: () => Products | null): Order | null {
    const told = content[ORDER];
    if (!isObject(told) || told.v !== VERSION || !isId(told.catalog_id) || !Array.isArray(told.items)) return null;
    if (told.items.length === 0 || told.items.length > MAX_ITEMS) return null;
    const items = told.items.flatMap((each) => orderedIn(each) ?? []);
    if (items.length < told.items.length) return null;
    const offer = offerOf();
    const fits = offer?.catalogId === told.catalog_id && items.every(({ id }) => productOf(offer, id) !== null);
    return { items, note: textIn(told.text, MAX_NOTE), offer: fits ? offer : null };
}

/** Return what makes a text an order. */
export function orderingOf({ catalogId }: Products, items: readonly OrderedItem[], note: string): IContent {
    const text = note === "" ? {} : { text: note };
    return { [ORDER]: { v: VERSION, catalog_id: catalogId, items, ...text } };
}

/** Return what makes a message one about a product of the offer that it answers. */
export function asking(id: string): IContent {
    return { [PRODUCT]: { v: VERSION, id } };
}

/** Return which product a message is about; null where it names none of the offer that it answers. */
export function askedAbout(content: IContent, offerOf: () => Products | null): Product | null {
    const told = content[PRODUCT];
    if (!isObject(told) || told.v !== VERSION || !isId(told.id)) return null;
    const offer = offerOf();
    return offer === null ? null : productOf(offer, told.id);
}

export function productOf({ sections }: Products, id: string): Product | null {
    for (const { items } of sections) {
        const found = items.find((item) => item.id === id);
        if (found !== undefined) return found;
    }
    return null;
}

/** Return what so many of some things cost, by currency; what has no price is not in it. */
export function totalOf(lines: readonly { price: Money | null; quantity: number }[]): Money[] {
    const totals = new Map<string, Money>();
    for (const { price, quantity } of lines) {
        if (price === null || quantity === 0) continue;
        const { currency, exponent } = price;
        const before = totals.get(currency) ?? { minor: 0, currency, exponent };
        const finer = Math.max(before.exponent, exponent);
        const minor = scaled(before, finer) + scaled(price, finer) * quantity;
        totals.set(currency, { minor, currency, exponent: finer });
    }
    return [...totals.values()];
}

function scaled({ minor, exponent }: Money, finer: number): number {
    return minor * 10 ** (finer - exponent);
}

function sectionIn(told: unknown): Section | null {
    if (!isObject(told) || !Array.isArray(told.items) || told.items.length > MAX_ITEMS) return null;
    const items = told.items.flatMap((item) => productIn(item) ?? []);
    return items.length < told.items.length ? null : { title: lineOf(told.title, MAX_LINE), items };
}

function orderedIn(told: unknown): OrderedItem | null {
    if (!isObject(told) || !isId(told.id) || !isCount(told.quantity, MAX_QUANTITY) || told.quantity === 0) return null;
    return { id: told.id, quantity: told.quantity };
}

/** Null where there is none; undefined where it is no price, of which nothing can be guessed. */
function moneyIn(told: unknown): Money | null | undefined {
    if (told === undefined || told === null) return null;
    if (!isObject(told)) return undefined;
    const { minor, currency, exponent } = told;
    if (!isCount(minor, 1e12) || !isCount(exponent, 4)) return undefined;
    if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency)) return undefined;
    return { minor, currency, exponent };
}

function isCount(told: unknown, most: number): told is number {
    return Number.isInteger(told) && (told as number) >= 0 && (told as number) <= most;
}

function isId(told: unknown): told is string {
    return typeof told === "string" && told !== "" && told.length <= MAX_ID;
}
