/* Against js-sdk itself, with a clock of our own. */

import { createClient, type MatrixClient, MatrixEvent, Room } from "matrix-js-sdk/lib/matrix";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { quiet } from "../../../src/matrix/session/quiet.ts";
import { Disappearing } from "../../../src/matrix/timeline/disappearing.ts";
import { RETENTION } from "../../../src/matrix/timeline/timers.ts";

const DAY = 24 * 60 * 60 * 1000;
const START = 1_700_000_000_000;
let client: MatrixClient;
let room: Room;
let disappearing: Disappearing;
let gone: string[];

beforeEach(() => {
    vi.useFakeTimers({ now: START });
    client = createClient({ baseUrl: "http://x", userId: "@ani:x", logger: quiet });
    disappearing = new Disappearing(client, { empty: async () => {} });
    room = new Room("!r", client, "@ani:x");
    client.store.storeRoom(room);
    gone = [];
    disappearing.onGone((_, events) => gone.push(...events.map((event) => event.getId() ?? "")));
});

afterEach(() => {
    disappearing.dispose();
    vi.useRealTimers();
});

async function happens(id: string, event: object): Promise<MatrixEvent> {
    const common = { event_id: id, room_id: "!r", sender: "@budi:x", origin_server_ts: Date.now() };
    const made = new MatrixEvent({ type: "m.room.message", ...common, unsigned: { age: 0 }, ...event } as object);
    await room.addLiveEvents([made], { addToState: true });
    if (made.isState()) disappearing.learn(made);
    else disappearing.watch(made);
    await vi.advanceTimersByTimeAsync(1);
    return made;
}

const says = (id: string, body = id, more: object = {}) =>
    happens(id, { content: { msgtype: "m.text", body, ...more } });
const timer = (id: string, maxAgeMs: number | null, unsigned: object = {}) =>
    happens(id, {
        type: RETENTION,
        state_key: "",
        content: maxAgeMs === null ? {} : { max_age_ms: maxAgeMs },
        unsigned: { age: 0, ...unsigned },
    });

test("a message goes when the timer has run out under which it was sent, and leaves no word", async () => {
    const before = await says("$before");
    await timer("$timer", DAY);
    const within = await says("$within");
    await timer("$longer", 7 * DAY, { prev_content: { max_age_ms: DAY } });
    const later = await says("$later");
    expect([before, within, later].map((event) => disappearing.stayOf(event)?.until ?? null)).toEqual([
        null,
        within.localTimestamp + DAY,
        later.localTimestamp + 7 * DAY,
    ]);
    await vi.advanceTimersByTimeAsync(DAY);
    expect(gone).toEqual(["$within"]);
    expect(within.getContent()).toEqual({});
    expect([before, within, later].map((event) => disappearing.isGone(event))).toEqual([false, true, false]);
    await vi.advanceTimersByTimeAsync(6 * DAY);
    expect(gone).toEqual(["$within", "$later"]);
    expect(before.getContent().body).toBe("$before");
});

test("a clock that is wrong by days hides nothing early", async () => {
    await timer("$timer", DAY);
    vi.setSystemTime(START + 10 * DAY);
    const event = await happens("$new", { origin_server_ts: START, content: { msgtype: "m.text", body: "hi" } });
    expect(disappearing.isGone(event)).toBe(false);
    await vi.advanceTimersByTimeAsync(DAY);
    expect(disappearing.isGone(event)).toBe(true);
});

test("the copy that travelled with a message holds where the server hides the timer", async () => {
    const event = await says("$hidden", "hi", { [RETENTION]: { max_age_ms: DAY } });
    expect(disappearing.stayOf(event)).toEqual({ until: event.localTimestamp + DAY, differs: true });
    await vi.advanceTimersByTimeAsync(DAY);
    expect(gone).toEqual(["$hidden"]);
});

test("what the server has purged by a timer is gone, what somebody deleted is not", async () => {
    const by = (type: string) => ({ unsigned: { redacted_because: { type, event_id: "$by" } }, content: {} });
    expect(disappearing.isGone(await happens("$purged", by(RETENTION)))).toBe(true);
    expect(disappearing.isGone(await happens("$deleted", by("m.room.redaction")))).toBe(false);
});
