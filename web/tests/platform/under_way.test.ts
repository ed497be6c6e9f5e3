import { expect, test } from "vitest";

import { UnderWay } from "../../src/platform/under_way.ts";

test("what is under way ends first, and whoever comes later is not answered", async () => {
    const underWay = new UnderWay();
    const heard: string[] = [];
    let say = (_: string) => {};
    let fail = () => {};
    void underWay.run(() => new Promise<string>((resolve) => (say = resolve))).then((said) => heard.push(said));
    underWay.run(() => new Promise((_, reject) => (fail = reject))).catch(() => heard.push("failed"));
    const ended = underWay.end().then(() => heard.push("ended"));
    let begun = false;
    const late = async () => {
        begun = true;
    };
    void underWay.run(late).then(() => heard.push("late"));
    fail();
    await Promise.resolve();
    say("said");
    await ended;
    expect(heard).toEqual(["failed", "said", "ended"]);
    expect(begun).toBe(false);
});
