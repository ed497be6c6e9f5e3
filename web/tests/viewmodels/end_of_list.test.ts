import { expect, test } from "vitest";

import { EndOfList, type Sight } from "../../src/viewmodels/end_of_list.ts";

const VIEWPORT = 500;

function at(offset: number, size: number): Sight {
    return { offset, size, viewport: VIEWPORT };
}

function reading(): EndOfList {
    const end = new EndOfList();
    end.stand(at(1500, 2000), true);
    return end;
}

test("rows that come below take nobody from the end, however many", () => {
    const end = reading();
    for (const size of [2080, 2600, 5000]) {
        end.stand(at(1500, size), true);
        expect(end.at).toBe(true);
    }
    end.stand(at(4000, 5000), true);
    expect(end.at).toBe(true);
});

test("who moves up leaves the end, at once or slowly, and comes back to it", () => {
    const end = reading();
    end.stand(at(1400, 2000), true);
    expect(end.at).toBe(false);
    end.stand(at(1450, 2000), true);
    expect(end.at).toBe(true);

    for (let offset = 1500; offset > 1430; offset -= 0.5) end.stand(at(offset, 2000), true);
    expect(end.at).toBe(false);
});

test("who moves up while rows come leaves the end, too", () => {
    const end = reading();
    end.stand(at(1500, 2600), true);
    end.stand(at(1490, 2680), true);
    expect(end.at).toBe(false);
    end.stand(at(1490, 2760), true);
    expect(end.at).toBe(false);
});

test("rows above that are smaller than they were taken for move nobody", () => {
    const end = reading();
    end.stand(at(1500, 2300), true);
    end.stand(at(1380, 2180), true);
    expect(end.at).toBe(true);
});

test("nobody is at the end while more is to come, and who was led elsewhere is not", () => {
    const end = reading();
    end.stand(at(1500, 2000), false);
    expect(end.at).toBe(false);
    end.stand(at(1500, 2000), true);
    end.lead(false);
    end.pass(at(200, 2000));
    end.stand(at(200, 2000), true);
    expect(end.at).toBe(false);
});

test("who is led to the end is there though the way was not gone yet, unless they turned round on it", () => {
    const led = new EndOfList();
    led.lead(true);
    led.pass(at(0, 2000));
    led.stand(at(900, 2600), true);
    expect(led.at).toBe(true);

    const turned = new EndOfList();
    turned.lead(true);
    turned.pass(at(0, 2000));
    turned.pass(at(1500, 2000));
    turned.stand(at(1200, 2000), true);
    expect(turned.at).toBe(false);
});

test("other rows in their place move nobody", () => {
    const end = reading();
    end.forget();
    end.stand(at(0, 5000), true);
    expect(end.at).toBe(true);

    end.stand(at(4500, 5000), true);
    end.stand(at(4200, 5000), true);
    end.forget();
    end.stand(at(0, 5000), true);
    expect(end.at).toBe(false);
});
