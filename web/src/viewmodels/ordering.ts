/* An order that is being put together: how many of what, a note, and what it comes to. */

import type { Page } from "../matrix/timeline/forms.ts";
import {
    MAX_NOTE,
    MAX_QUANTITY,
    type Money,
    type OrderedItem,
    type Product,
    type Products,
    productOf,
    totalOf,
} from "../matrix/timeline/products.ts";
import { ViewModel } from "./view_model.ts";

export { MAX_NOTE, MAX_QUANTITY, type Money, type Product, type Products, productOf, totalOf };

type Line = { product: Product; quantity: number };

export type OrderingState = {
    sections: readonly { title: string; lines: readonly Line[] }[];
    /** How many things in all. */
    count: number;
    /** What they cost, by currency. */
    totals: readonly Money[];
    /** Something among them has no price. */
    unpriced: boolean;
    note: string;
    sending: boolean;
    /** It could not be kept to be sent. */
    trouble: boolean;
    sent: boolean;
};

export type OrderingGround = {
    products: Products;
    /** What was begun: kept as the pages of a form are. */
    begun: readonly Page[];
    keep: (begun: readonly Page[]) => void;
    send: (order: { text: string; items: readonly OrderedItem[]; note: string }) => Promise<void>;
};

const CART = "cart";
const NOTE = "note";

export class Ordering extends ViewModel<OrderingState> {
    readonly #ground: OrderingGround;
    #quantities: ReadonlyMap<string, number>;

    constructor(ground: OrderingGround) {
        const note = pageOf(ground.begun, NOTE).text;
        super({
            sections: [],
            count: 0,
            totals: [],
            unpriced: false,
            note: typeof note === "string" ? note.slice(0, MAX_NOTE) : "",
            sending: false,
            trouble: false,
            sent: false,
        });
        this.#ground = ground;
        const begun = Object.entries(pageOf(ground.begun, CART));
        this.#quantities = new Map(begun.map(([id, quantity]) => [id, bounded(quantity)]));
        this.#show();
    }

    /** Take so many of something; none of what is sold out. */
    set(id: string, quantity: number): void {
        this.#quantities = new Map([...this.#quantities, [id, bounded(quantity)]]);
        this.#show();
        this.#keep();
    }

    write(note: string): void {
        this.update({ note: note.slice(0, MAX_NOTE) });
        this.#keep();
    }

    /** Send it; nothing comes of it while nothing was taken. */
    async send(): Promise<void> {
        const { count, sending, sent } = this.value;
        if (count === 0 || sending || sent) return;
        const [taken, note] = [this.#taken, this.value.note.trim()];
        const items = taken.map(({ product: { id }, quantity }) => ({ id, quantity }));
        this.update({ sending: true, trouble: false });
        try {
            await this.#ground.send({ text: inWords(taken, note), items, note });
            this.#ground.keep([]);
            this.update({ sending: false, sent: true });
        } catch {
            this.update({ sending: false, trouble: true });
        }
    }

    get #taken(): Line[] {
        return this.value.sections.flatMap(({ lines }) => lines).filter(({ quantity }) => quantity > 0);
    }

    #show(): void {
        const line = (product: Product) => ({
            product,
            quantity: product.available ? (this.#quantities.get(product.id) ?? 0) : 0,
        });
        const { sections } = this.#ground.products;
        this.update({ sections: sections.map(({ title, items }) => ({ title, lines: items.map(line) })) });
        const priced = this.#taken.map(({ product: { price }, quantity }) => ({ price, quantity }));
        this.update({
            count: priced.reduce((sum, { quantity }) => sum + quantity, 0),
            totals: totalOf(priced),
            unpriced: priced.some(({ price }) => price === null),
        });
    }

    #keep(): void {
        const { note } = this.value;
        const taken = this.#taken.map(({ product: { id }, quantity }) => [id, quantity]);
        const begun = [
            { id: CART, values: Object.fromEntries(taken) },
            { id: NOTE, values: { text: note } },
        ];
        this.#ground.keep(taken.length === 0 && note === "" ? [] : begun);
    }
}

function pageOf(begun: readonly Page[], id: string): Page["values"] {
    return begun.find((page) => page.id === id)?.values ?? {};
}

function bounded(quantity: unknown): number {
    if (typeof quantity !== "number" || !Number.isFinite(quantity)) return 0;
    return Math.min(MAX_QUANTITY, Math.max(0, Math.round(quantity)));
}

function inWords(taken: readonly Line[], note: string): string {
    const words = taken.map(({ product: { title }, quantity }) => `${quantity} × ${title}`).join(", ");
    return note === "" ? words : `${words} — ${note}`;
}
