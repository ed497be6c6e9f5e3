import { expect, test } from "vitest";

import { Observable } from "../../src/platform/observable.ts";
import { ViewModel } from "../../src/viewmodels/view_model.ts";

class Doubled extends ViewModel<{ doubled: number }> {
    constructor(number: Observable<number>) {
        super({ doubled: 0 });
        this.follow(number, (value) => this.update({ doubled: value * 2 }));
    }
}

test("it shows what it follows, tells of changes, and is still once it has ended", () => {
    const number = new Observable(1);
    const doubled = new Doubled(number);
    const seen: number[] = [];
    doubled.subscribe(() => seen.push(doubled.value.doubled));

    number.set(2);
    number.set(2);
    doubled.dispose();
    number.set(3);

    expect(seen).toEqual([4]);
    expect(doubled.value).toEqual({ doubled: 4 });
});
