import { expect, test } from "vitest";

import { inTurn } from "../../src/desk/viewmodels/in_turn.ts";

test("work that is wanted while it is done is done once more, with what is so by then", async () => {
    let now = "a";
    const kept: string[] = [];
    const ends: (() => void)[] = [];
    const keep = inTurn(async () => {
        const value = now;
        await new Promise<void>((resolve) => ends.push(resolve));
        kept.push(value);
    });
    const first = keep();
    for (now of ["ab", "abc"]) void keep();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.();
    await first;
    expect(kept).toEqual(["a", "abc"]);

    now = "";
    const last = keep();
    ends[2]?.();
    await last;
    expect(kept.at(-1)).toBe("");
});
