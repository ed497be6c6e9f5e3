/* What is taken in is sent once and in order, whatever becomes of the page, the network and the server. */

import { expect, test } from "vitest";
import { Held } from "../../../src/matrix/label/held.ts";
import type { Kept } from "../../../src/matrix/sending/chat_queue.ts";
import { Queues } from "../../../src/matrix/sending/queues.ts";
import { TooBig } from "../../../src/matrix/sending/send_problems.ts";
import type { Draft, Sending } from "../../../src/matrix/sending/sending.ts";
import { Observable } from "../../../src/platform/observable.ts";
import type { Area } from "../../../src/platform/vault.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Numbers that look random and are the same every time. */
function numbers(seed: number): () => number {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

/** A disk: what was put there is there for the next page, and it takes a moment. */
class Disk implements Area<Kept> {
    readonly items = new Map<string, string>();

    async get(key: string) {
        const item = this.items.get(key);
        return item === undefined ? undefined : (JSON.parse(item) as Kept);
    }
    async put(key: string, value: Kept) {
        await Promise.resolve();
        this.items.set(key, JSON.stringify(value));
    }
    async putAll(entries: ReadonlyMap<string, Kept>) {
        for (const [key, value] of entries) this.items.set(key, JSON.stringify(value));
    }
    async delete(key: string) {
        await Promise.resolve();
        this.items.delete(key);
    }
    async all() {
        const sorted = [...this.items].sort(([one], [other]) => (one < other ? -1 : 1));
        return new Map(sorted.map(([key, item]) => [key, JSON.parse(item) as Kept]));
    }
}

/** A server that knows transactions, behind a network that loses requests and answers. */
class Server {
    readonly rooms = new Map<string, string[]>();
    readonly #known = new Map<string, string>();
    fails: (sending: Sending) => "request" | "answer" | Error | null = () => null;

    send = async (sending: Sending): Promise<string> => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        const failure = this.fails(sending);
        if (failure instanceof Error) throw failure;
        if (failure === "request") throw Object.assign(new Error("lost"), { name: "ConnectionError" });
        const eventId = this.#known.get(sending.transactionId) ?? this.#take(sending);
        if (failure === "answer") throw Object.assign(new Error("lost"), { name: "ConnectionError" });
        return eventId;
    };

    said(roomId: string): string[] {
        return this.rooms.get(roomId) ?? [];
    }

    #take({ roomId, draft, transactionId }: Sending): string {
        this.rooms.set(roomId, [...this.said(roomId), String(draft.content.body)]);
        const eventId = `$${transactionId}`;
        this.#known.set(transactionId, eventId);
        return eventId;
    }
}

type Changed = { now?: () => number; connected?: Observable<boolean> };

function open(disk: Disk, server: Server, { now = () => 0, connected = new Observable(true) }: Changed = {}): Queues {
    return new Queues({
        kept: disk,
        connected,
        send: server.send,
        rest: () => new Promise((resolve) => setTimeout(resolve, 0)),
        now,
        newKey: () => crypto.randomUUID(),
    });
}

function text(body: string): Draft {
    return { type: "m.room.message", content: { body } };
}

async function until(holds: () => boolean): Promise<void> {
    for (let turn = 0; !holds(); turn += 1) {
        if (turn > 2_000) throw new Error("It never came to that.");
        await new Promise((resolve) => setTimeout(resolve, 0));
    }
}

test.each(Array.from({ length: 30 }, (_, seed) => [seed + 1]))(
    "nothing is lost, repeated or reordered, whatever is killed (%i)",
    async (seed) => {
        const random = numbers(seed);
        const disk = new Disk();
        const server = new Server();
        server.fails = () => (random() < 0.2 ? "request" : random() < 0.2 ? "answer" : null);
        const accepted = new Map<string, string[]>();
        let queues = open(disk, server);
        for (let number = 0; number < 30; number += 1) {
            const roomId = `!${Math.floor(random() * 3)}`;
            await queues.add(roomId, text(`${number}`));
            accepted.set(roomId, [...(accepted.get(roomId) ?? []), `${number}`]);
            if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 0));
            if (random() < 0.3) {
                queues.end();
                queues = open(disk, server);
            }
        }
        await until(() => [...accepted].every(([roomId, all]) => server.said(roomId).length >= all.length));
        queues.end();
        for (const [roomId, all] of accepted) expect(server.said(roomId)).toEqual(all);
    },
);

test("a problem stops its own chat, and no other, until it is retried", async () => {
    const server = new Server();
    server.fails = ({ draft }) => (draft.content.body === "besar" ? new TooBig() : null);
    const queues = open(new Disk(), server);
    const key = await queues.add("!a", text("besar"));
    await queues.add("!a", text("sesudahnya"));
    await queues.add("!b", text("lain"));
    await until(() => server.said("!b").length === 1 && queues.entries("!a").value[0]?.state === "failed");
    expect(server.said("!a")).toEqual([]);

    server.fails = () => null;
    await queues.of(key)?.retry(key);
    await until(() => server.said("!a").length === 2);
    expect(server.said("!a")).toEqual(["besar", "sesudahnya"]);
});

test("what rests still rests after a reload, and what waits behind it goes once it is dropped", async () => {
    const disk = new Disk();
    const server = new Server();
    server.fails = ({ draft }) =>
        draft.content.body === "tahan" ? new Held({ reason: "changed-identity", userId: "@ani:x" }) : null;
    const before = open(disk, server);
    const key = await before.add("!a", text("tahan"));
    await before.add("!a", text("lalu"));
    await until(() => before.entries("!a").value[0]?.state === "failed");
    before.end();

    const after = open(disk, server);
    await until(() => after.entries("!a").value.length === 2);
    expect(after.entries("!a").value[0]?.problem).toMatchObject({ kind: "held" });
    expect(await after.of(key)?.cancel(key)).toBe(true);
    await until(() => server.said("!a").length === 1);
    expect(server.said("!a")).toEqual(["lalu"]);
});

test("it waits while there is no connection, and goes on by itself", async () => {
    const connected = new Observable(false);
    const server = new Server();
    const queues = open(new Disk(), server, { connected });
    await queues.add("!a", text("halo"));
    expect(queues.entries("!a").value[0]?.state).toBe("waiting");
    connected.set(true);
    await until(() => server.said("!a").length === 1);
    expect(queues.count.value).toBe(0);
});

test("one that came back with a sync before its answer is shown once, and never sent again", async () => {
    const disk = new Disk();
    const server = new Server();
    server.fails = () => "answer";
    const queues = open(disk, server);
    const key = await queues.add("!a", text("halo"));
    await until(() => server.said("!a").length === 1);
    await queues.of(key)?.seen(key);
    expect(queues.entries("!a").value).toEqual([]);
    await until(() => disk.items.size === 0);
    queues.end();
});

test("what was never tried can be changed, and what may be at the server cannot", async () => {
    const connected = new Observable(false);
    const server = new Server();
    const queues = open(new Disk(), server, { connected });
    const key = await queues.add("!a", text("salah"));
    expect(await queues.of(key)?.change(key, text("benar"))).toBe(true);
    server.fails = () => "answer";
    connected.set(true);
    await until(() => server.said("!a").length === 1);
    expect(server.said("!a")).toEqual(["benar"]);
    expect(await queues.of(key)?.change(key, text("lain"))).toBe(false);
    queues.end();
});

test("after a week the server may have forgotten whether it came, so a person is asked", async () => {
    const disk = new Disk();
    const server = new Server();
    server.fails = () => "answer";
    const before = open(disk, server);
    await before.add("!a", text("halo"));
    await until(() => server.said("!a").length === 1);
    before.end();

    const after = open(disk, server, { now: () => 7 * DAY_MS });
    await until(() => after.entries("!a").value[0]?.problem?.kind === "unsure");
    expect(server.said("!a")).toEqual(["halo"]);
});
