import type { RoomEvent } from "matrix-js-sdk/lib/matrix";
import { expect, test } from "vitest";

import { AskedGroups } from "../../src/matrix/rooms/asked_groups.ts";
import type { Session } from "../../src/matrix/session/session.ts";
import { JoinPage } from "../../src/viewmodels/link_pages.ts";

const ROOM = "!a:example.org";
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A page that asks to join a group, on a server that says so by `moves`, and may refuse. */
function page() {
    const kept = new Map<string, true>();
    const told: ((room: object) => void)[] = [];
    const asked: object[] = [];
    const server = { refuses: false };
    const client = {
        on: (_: RoomEvent, listen: (room: object) => void) => void told.push(listen),
        off: () => {},
        getRooms: () => [],
        knockRoom: async (_: string, how: object) => {
            asked.push(how);
            if (server.refuses) throw new Error("refused");
        },
    };
    const area = {
        all: async () => kept,
        put: async (id: string) => void kept.set(id, true),
        delete: async (id: string) => void kept.delete(id),
    };
    const groups = new AskedGroups({ client, vault: { area: () => area } } as unknown as Session);
    groups.follow();
    const moves = async (membership: string) => {
        for (const listen of told) listen({ roomId: ROOM, getMyMembership: () => membership });
        await settled();
    };
    const made = new JoinPage(groups, ROOM, { name: "", said: "link=AAAAAAAAAAAAAAAAAAAA" });
    return { page: made, kept, asked, server, moves };
}

test("whoever is turned away while they look may ask again", async () => {
    const { page: join, asked, kept, moves } = page();
    await join.ask();
    expect([join.value.step, kept.has(ROOM)]).toEqual(["asked", true]);
    await moves("leave");
    expect([join.value.step, kept.has(ROOM)]).toEqual(["new", false]);
    await join.ask();
    expect(asked).toEqual([{ reason: "link=AAAAAAAAAAAAAAAAAAAA" }, { reason: "link=AAAAAAAAAAAAAAAAAAAA" }]);
    expect(join.value.step).toBe("asked");
});

test("a request that was refused was not made", async () => {
    const { page: join, kept, server } = page();
    server.refuses = true;
    await join.ask();
    expect([join.value.step, join.value.problem, kept.size]).toEqual(["new", "failed", 0]);
});
