import { expect, test } from "vitest";

import { Beginning } from "../../src/viewmodels/beginning.ts";
import type { Log } from "../../src/viewmodels/log.ts";
import { ViewModel } from "../../src/viewmodels/view_model.ts";

type Said = { mine: boolean; body: { kind: string } };

/** A log of which only what a beginning asks of it is there. */
class ShortLog extends ViewModel<{ loading: boolean; whole: boolean; said: readonly Said[] }> {
    constructor() {
        super({ loading: true, whole: false, said: [] });
    }

    newest(holds: (said: Said) => boolean): Said | null {
        return this.value.said.findLast(holds) ?? null;
    }

    show(change: Partial<ShortLog["value"]>): void {
        this.update(change);
    }
}

const said = (mine: boolean, kind = "text"): Said => ({ mine, body: { kind } });
const settled = () => new Promise((resolve) => setTimeout(resolve));

function made(offered: readonly string[] = ["Jam buka?"]) {
    const log = new ShortLog();
    const spoken: string[] = [];
    const asked: number[] = [];
    const beginning = new Beginning({
        log: log as unknown as Log,
        offered: async () => {
            asked.push(1);
            return offered;
        },
        changed: () => () => {},
        say: async (prompt) => void spoken.push(prompt),
    });
    return { log, spoken, asked, beginning };
}

test("it is offered once all of an empty chat is here, and no more when one has said something", async () => {
    const { log, asked, beginning } = made();
    await settled();
    expect([asked.length, beginning.value.prompts]).toEqual([0, []]);
    log.show({ loading: false, whole: true, said: [said(true, "notice"), said(false)] });
    await settled();
    expect(beginning.value.prompts).toEqual(["Jam buka?"]);
    log.show({ said: [said(true)] });
    await settled();
    expect([asked.length, beginning.value.prompts]).toEqual([1, []]);
});

test("what is taken is said once", async () => {
    const { log, spoken, beginning } = made();
    log.show({ loading: false, whole: true });
    await settled();
    await Promise.all([beginning.take("Jam buka?"), beginning.take("Jam buka?")]);
    log.show({ whole: true });
    await settled();
    expect([spoken, beginning.value.prompts]).toEqual([["Jam buka?"], []]);
});
