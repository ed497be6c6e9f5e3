/* What is decrypted when: nothing before the start, then two at a time and the newest first; what is looked at, at once. */

import type { MatrixClient, MatrixEvent } from "matrix-js-sdk/lib/matrix";
import { beforeEach, expect, test } from "vitest";

import { Decrypting } from "../../../src/matrix/session/decrypting.ts";

const event = (ts: number, { state = false, secret = true } = {}) =>
    ({ getTs: () => ts, isState: () => state, shouldAttemptDecryption: () => secret }) as unknown as MatrixEvent;

let asked: number[];
let finish: (() => void)[];
let client: Pick<MatrixClient, "decryptEventIfNeeded">;
let decrypting: Decrypting;

beforeEach(() => {
    asked = [];
    finish = [];
    client = {
        decryptEventIfNeeded: (each) => {
            asked.push(each.getTs());
            return new Promise((resolve) => finish.push(resolve));
        },
    };
    decrypting = new Decrypting(client, async () => {});
});

const settle = async () => {
    for (const each of finish.splice(0)) each();
    await new Promise((resolve) => setTimeout(resolve, 0));
};

test("nothing is decrypted before the start but state", () => {
    void client.decryptEventIfNeeded(event(1));
    void client.decryptEventIfNeeded(event(2, { state: true }));
    void client.decryptEventIfNeeded(event(3, { secret: false }));
    expect(asked).toEqual([2, 3]);
});

test("then two at a time, the newest first; whoever asked hears of it when it is done", async () => {
    const done: number[] = [];
    for (const ts of [1, 4, 2, 3]) void client.decryptEventIfNeeded(event(ts)).then(() => done.push(ts));
    decrypting.release();
    expect(asked).toEqual([4, 3]);
    await settle();
    expect(asked).toEqual([4, 3, 2, 1]);
    expect(done).toEqual([4, 3]);
    await settle();
    expect(done).toEqual([4, 3, 2, 1]);
});

test("one that cannot be decrypted keeps the others back no longer", async () => {
    const broken: Pick<MatrixClient, "decryptEventIfNeeded"> = {
        decryptEventIfNeeded: async () => Promise.reject(new Error("broken")),
    };
    const line = new Decrypting(broken, async () => {});
    line.release();
    await Promise.all([1, 2, 3].map((ts) => broken.decryptEventIfNeeded(event(ts))));
});

test("what somebody looks at passes the line", () => {
    void client.decryptEventIfNeeded(event(1));
    void decrypting.now(event(2));
    expect(asked).toEqual([2]);
});

test("nothing more after the end", async () => {
    decrypting.release();
    for (const ts of [1, 2, 3]) void client.decryptEventIfNeeded(event(ts));
    decrypting.stop();
    await settle();
    expect(asked).toEqual([1, 2]);
});

test("after the first screens, what was there before waits for an idle window; what comes does not", async () => {
    let idle = 0;
    const rests: (() => void)[] = [];
    const rest = () => new Promise<void>((resolve) => rests.push(resolve));
    const quick: Pick<MatrixClient, "decryptEventIfNeeded"> = {
        decryptEventIfNeeded: async (each) => void asked.push(each.getTs()),
    };
    const line = new Decrypting(quick, rest);
    for (let ts = 1; ts <= 100; ts++) void quick.decryptEventIfNeeded(event(ts));
    line.release();
    await settle();
    const first = asked.length;
    expect(first).toBeLessThan(50);
    for (const each of rests.splice(0)) {
        idle += 1;
        each();
    }
    await settle();
    expect(asked.length).toBe(first + idle);
    line.now(event(200));
    expect(asked.at(-1)).toBe(200);
    for (const each of rests.splice(0)) each();
    void quick.decryptEventIfNeeded(event(300));
    await settle();
    expect(asked).toContain(300);
});
