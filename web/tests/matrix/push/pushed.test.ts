import { expect, test } from "vitest";

import type { KnownChat } from "../../../src/matrix/push/known_chat.ts";
import { heardOf, type Opened, type RawEvent } from "../../../src/matrix/push/pushed.ts";
import { RETENTION } from "../../../src/matrix/timeline/timers.ts";

const NOW = 1_000_000;
const BUDI: KnownChat = { roomId: "!r", name: "Budi", kind: "person", invited: false, stranger: false };
const GROUP: KnownChat = { ...BUDI, name: "Keluarga", kind: "group" };

const state = (type: string, key: string, content: object): RawEvent => ({
    type,
    sender: "@ani:x",
    origin_server_ts: 0,
    content,
    state_key: key,
});
const member = state("m.room.member", "@budi:x", { displayname: "Budi S." });

function opened(content: object, { type = "m.room.message", age = 1_000, about = [member] } = {}): Opened {
    const event = { type: "m.room.encrypted", sender: "@budi:x", origin_server_ts: 1, content: {}, unsigned: { age } };
    return { event, clear: { type, content }, state: about };
}

const heard = (what: Opened, chat = BUDI) => heardOf(what, { chat, eventId: "$e", ownId: "@ani:x", now: NOW });

const TEXT = { msgtype: "m.text", body: "halo" };

test("a chat of two says what was said, a group who said it", () => {
    expect(heard(opened(TEXT))).toMatchObject({ chat: "Budi", sender: null, body: { text: "halo" }, loud: true });
    expect(heard(opened(TEXT), GROUP)).toMatchObject({ chat: "Keluarga", sender: "Budi S.", loud: false });
    expect(heard(opened(TEXT, { about: [] }), GROUP)?.sender).toBe("budi");
});

test("in a group it is loud when one is mentioned", () => {
    const to = (mentions: object) => heard(opened({ ...TEXT, "m.mentions": mentions }), GROUP)?.loud;
    expect([to({ user_ids: ["@ani:x"] }), to({ room: true })]).toEqual([true, true]);
    expect([to({ user_ids: ["@cici:x"] }), to({ user_ids: "@ani:x" })]).toEqual([false, false]);
});

test("nothing is heard of what is about another message, nor of what an app says by itself", () => {
    const edit = { ...TEXT, "m.relates_to": { rel_type: "m.replace", event_id: "$o" } };
    expect(heard(opened(edit))).toBeNull();
    expect(heard(opened({}, { type: "m.reaction" }))).toBeNull();
    expect(heard(opened({}, { type: "m.poll.response" }))).toBeNull();
    expect(heard(opened({ ...TEXT, msgtype: "m.notice" }))).toBeNull();
    expect(heard(opened({ ...TEXT, "m.relates_to": { rel_type: "m.thread", event_id: "$o" } }))).not.toBeNull();
});

test("what has disappeared is not shown, by the chat's timer or by its own", () => {
    const timer = [state(RETENTION, "", { max_age_ms: 5_000 })];
    expect(heard(opened(TEXT, { about: timer, age: 4_999 }))).not.toBeNull();
    expect(heard(opened(TEXT, { about: timer, age: 5_000 }))).toBeNull();
    expect(heard(opened({ ...TEXT, [RETENTION]: { max_age_ms: 500 } }, { about: timer }))).toBeNull();
});
