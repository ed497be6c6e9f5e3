import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { Requests } from "../../../src/matrix/session/requests.ts";

const waiting: ServerResponse[] = [];
const server = createServer((_, response) => waiting.push(response));
let url: string;

beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => server.close());

async function asked(): Promise<ServerResponse> {
    return vi.waitUntil(() => waiting.shift());
}

test("a session that is over hears of no answer, and of no error", async () => {
    const requests = new Requests();
    const aborting = new AbortController();
    const told: string[] = [];
    const hear = (asking: Promise<unknown>) =>
        void asking.then(
            () => told.push("answered"),
            () => told.push("failed"),
        );
    hear(requests.fetch(url));
    hear(requests.fetch(url, { signal: aborting.signal }));
    const [first] = [await asked(), await asked()];
    requests.end();
    first.end("late");
    aborting.abort();
    hear(requests.fetch(url, { signal: aborting.signal }));
    // Whoever asks beside it, later, is answered: so would those have been.
    const beside = fetch(url);
    (await asked()).end("beside");
    expect(await (await beside).text()).toBe("beside");
    expect(told).toEqual([]);
});

test("until then it is aborted as ever, also before it was asked", async () => {
    const requests = new Requests();
    const aborting = new AbortController();
    const asking = requests.fetch(url, { signal: aborting.signal });
    await asked();
    aborting.abort();
    await expect(asking).rejects.toThrow("abort");
    await expect(requests.fetch(url, { signal: aborting.signal })).rejects.toThrow("abort");
});

test("an answer that has begun is read to its end", async () => {
    const requests = new Requests();
    const aborting = new AbortController();
    const asking = requests.fetch(url, { signal: aborting.signal });
    const answer = await asked();
    answer.write("one ");
    const begun = await asking;
    requests.end();
    aborting.abort();
    answer.end("and all");
    expect(await begun.text()).toBe("one and all");
});
