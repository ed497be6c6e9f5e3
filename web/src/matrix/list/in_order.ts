/* Things in an order, of which one changes at a time: it is moved, the others are not compared again. Pure. */

export class InOrder<Item extends object> {
    readonly #keyOf: (item: Item) => string;
    readonly #compare: (one: Item, other: Item) => number;
    readonly #byKey = new Map<string, Item>();
    #items: readonly Item[] = [];

    /** `compare` never calls two things equal that have not the same key. */
    constructor(keyOf: (item: Item) => string, compare: (one: Item, other: Item) => number) {
        this.#keyOf = keyOf;
        this.#compare = compare;
    }

    /** The things in their order: another array after each change, and the same while there is none. */
    get items(): readonly Item[] {
        return this.#items;
    }

    /** Begin again with other things; those that are as they were stay the same objects. */
    reset(items: readonly Item[]): void {
        const before = new Map(this.#byKey);
        this.#byKey.clear();
        for (const item of items) {
            const key = this.#keyOf(item);
            const old = before.get(key);
            this.#byKey.set(key, old !== undefined && isSame(old, item) ? old : item);
        }
        this.#items = [...this.#byKey.values()].sort(this.#compare);
    }

    /** Put one in its place; nothing happens if it is as it was. */
    put(item: Item): void {
        const key = this.#keyOf(item);
        const old = this.#byKey.get(key);
        if (old !== undefined && isSame(old, item)) return;
        const rest = old === undefined ? [...this.#items] : this.#items.toSpliced(this.#placeOf(old), 1);
        this.#byKey.set(key, item);
        rest.splice(placeIn(rest, item, this.#compare), 0, item);
        this.#items = rest;
    }

    delete(key: string): void {
        const old = this.#byKey.get(key);
        if (old === undefined) return;
        this.#byKey.delete(key);
        this.#items = this.#items.filter((each) => each !== old);
    }

    #placeOf(item: Item): number {
        return placeIn(this.#items, item, this.#compare);
    }
}

/** Return where the first thing stands that does not come before `item`. */
function placeIn<Item>(items: readonly Item[], item: Item, compare: (one: Item, other: Item) => number): number {
    let [from, to] = [0, items.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        const there = items[middle];
        if (there !== undefined && there !== item && compare(there, item) < 0) from = middle + 1;
        else to = middle;
    }
    return from;
}

/** Whether two plain things say the same. */
function isSame(one: object, other: object): boolean {
    const [ones, others] = [Object.entries(one), other as Record<string, unknown>];
    if (ones.length !== Object.keys(other).length) return false;
    return ones.every(([key, value]) => {
        const there = others[key];
        if (Object.is(value, there)) return true;
        return isObject(value) && isObject(there) && isSame(value, there);
    });
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}
