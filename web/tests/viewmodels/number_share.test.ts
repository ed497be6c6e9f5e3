import { expect, test } from "vitest";

import { NumberShare } from "../../src/viewmodels/number_share.ts";

type Shared = { userId: string; words: string; branch: string | null };

function asked(own: () => Promise<string | null>, share: (shared: Shared) => Promise<void> = async () => {}) {
    return new NumberShare({
        acts: { ownNumber: own, shareNumber: share },
        answered: { menuId: "$menu", choiceId: "m1/c0" },
        branch: null,
        userId: "@bot:x",
        name: "Toko Budi",
        hosts: ["PT Contoh"],
    });
}

async function settled(share: NumberShare): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve));
    return share.value.step;
}

test("nothing is shared before somebody agrees, and then once", async () => {
    const shared: Shared[] = [];
    const share = asked(
        async () => "+62 ••34",
        async (what) => void shared.push(what),
    );
    await share.agree("Ya");
    expect(shared).toEqual([]);
    expect(await settled(share)).toBe("ready");
    await Promise.all([share.agree("Ya"), share.agree("Ya")]);
    expect(share.value.step).toBe("shared");
    expect(shared).toEqual([{ userId: "@bot:x", words: "Ya", branch: null }]);
});

test("who has no number cannot agree", async () => {
    let shared = 0;
    const share = asked(
        async () => null,
        async () => void shared++,
    );
    expect(await settled(share)).toBe("none");
    await share.agree("Ya");
    expect([share.value.step, shared]).toEqual(["none", 0]);
});

test("what did not work is said, and can be tried again", async () => {
    let works = false;
    const fails = async () => {
        if (!works) throw new Error("no connection");
    };
    const share = asked(async () => {
        await fails();
        return "+62 ••34";
    }, fails);
    expect(await settled(share)).toBe("unknown");
    works = true;
    await share.look();
    works = false;
    await share.agree("Ya");
    expect(share.value.step).toBe("failed");
    works = true;
    await share.agree("Ya");
    expect(share.value.step).toBe("shared");
});
