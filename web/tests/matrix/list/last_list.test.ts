/* The list of the last time: kept as it is shown, but for what is locked, and shown without what has disappeared. */

import "fake-indexeddb/auto";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { ChatSummary } from "../../../src/matrix/list/chat_summary.ts";
import { keepLastList, readLastList } from "../../../src/matrix/list/last_list.ts";
import type { Session } from "../../../src/matrix/session/session.ts";
import { Observable } from "../../../src/platform/observable.ts";
import { Vault } from "../../../src/platform/vault.ts";

const chat = (roomId: string, previewUntil: number | null = null): ChatSummary => ({
    roomId,
    name: roomId,
    picture: null,
    kind: "person",
    preview: { kind: "text", text: "halo", sender: null },
    previewUntil,
    at: 1,
    unread: 0,
    highlights: 0,
    isUnread: false,
    muted: false,
    archived: false,
    pin: null,
    invited: false,
    stranger: false,
});

let vault: Vault;
let chats: Observable<readonly ChatSummary[]>;
let connection: Observable<string>;
let hidden: Observable<ReadonlySet<string>>;
let locked: string[];
let stop: () => void;

beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vault = await Vault.open("last list");
    chats = new Observable<readonly ChatSummary[]>([]);
    connection = new Observable("cached");
    hidden = new Observable<ReadonlySet<string>>(new Set());
    locked = [];
    const session = { vault, connection, chatLock: { hidden, locks: (roomId: string) => locked.includes(roomId) } };
    const chosen = new Observable({ filter: "all", lists: [] });
    stop = keepLastList(session as unknown as Session, { chats, chosen });
});

afterEach(async () => {
    stop();
    vi.useRealTimers();
    vault.close();
    await Vault.destroy("last list");
});

const kept = async () => (await readLastList(vault, 1_000))?.chats;
const settled = () => vi.waitFor(async () => expect(await kept()).toBeDefined());

test("nothing is there before the first time, nor before the stores are open", async () => {
    connection.set("starting");
    chats.set([]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await kept()).toBeUndefined();
});

test("the list is kept after a while", async () => {
    chats.set([chat("!a"), chat("!b")]);
    expect(await kept()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(5_000);
    await settled();
    expect((await kept())?.map(({ roomId }) => roomId)).toEqual(["!a", "!b"]);
});

test("a list that was whole before the first sync had come is kept once it has", async () => {
    connection.set("starting");
    chats.set([chat("!a")]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await kept()).toBeUndefined();
    connection.set("live");
    await vi.advanceTimersByTimeAsync(5_000);
    await settled();
    expect(await kept()).toHaveLength(1);
});

test("a chat that is locked is taken out at once", async () => {
    chats.set([chat("!a"), chat("!b")]);
    await vi.advanceTimersByTimeAsync(5_000);
    await settled();
    locked.push("!b");
    hidden.set(new Set(["!b"]));
    await vi.waitFor(async () => expect(await kept()).toHaveLength(1));
});

test("what has disappeared meanwhile is not shown", async () => {
    chats.set([chat("!a", 999), chat("!b", 1_001)]);
    await vi.advanceTimersByTimeAsync(5_000);
    await settled();
    expect((await kept())?.map(({ preview }) => preview?.text ?? null)).toEqual([null, "halo"]);
});
