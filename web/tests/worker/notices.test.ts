import { expect, test } from "vitest";

import type { WorkerSettings } from "../../src/platform/worker_messages.ts";
import { noticeOf, readPush } from "../../src/worker/notices.ts";
import type { Found } from "../../src/worker/opening.ts";

const NOON = new Date(2026, 0, 1, 12);
const SETTINGS: WorkerSettings = { language: "id", quiet: null, content: true };
const PUSH = { roomId: "!r", eventId: "$e", unread: 3, roomUnread: 2 };
const SAID: Found = {
    kind: "message",
    roomId: "!r",
    eventId: "$e",
    chat: "Keluarga",
    sender: "Budi",
    body: { kind: "text", text: "halo", emote: false },
    loud: true,
};

const notice = (found: Found | null, settings: Partial<WorkerSettings> = {}) =>
    noticeOf(found, PUSH, { ...SETTINGS, ...settings }, NOON);

test("a notification says who wrote what, and only that something came where that is not known or not wanted", () => {
    expect(notice(SAID)).toEqual({ title: "Keluarga", body: "Budi: halo", silent: false });
    const untold = { title: "Pesan baru", body: "Buka Amanat untuk membacanya.", silent: false };
    expect(notice(SAID, { content: false })).toEqual(untold);
    expect(notice({ kind: "locked", roomId: "!r", loud: true })).toEqual(untold);
    expect(notice(null)).toEqual({ ...untold, body: "2 pesan belum dibaca" });
    expect(noticeOf(null, null, SETTINGS, NOON)).toEqual(untold);
});

test("it makes no sound in quiet hours, nor for what nobody wants to hear of", () => {
    const quiet = { from: 11 * 60, to: 13 * 60 };
    expect([notice(SAID, { quiet }), notice(null, { quiet })].map(({ silent }) => silent)).toEqual([true, true]);
    expect(notice({ ...SAID, loud: false }).silent).toBe(true);
    expect(notice({ kind: "aside" })).toMatchObject({ title: "Pesan baru", silent: true });
});

test("a push that our server did not write is nothing", () => {
    const said = { room_id: "!r", event_id: "$e", unread: 3, room_unread: 2 };
    expect(readPush(said)).toEqual(PUSH);
    expect(readPush({ ...said, unread: -1, room_unread: "2" })).toEqual({ ...PUSH, unread: 0, roomUnread: 0 });
    expect([readPush(null), readPush("?"), readPush({ room_id: "!r" })]).toEqual([null, null, null]);
});
