/* An invitation has a place in the list once the server has said whether its sender is known, or cannot be asked. */

import type { Room } from "matrix-js-sdk/lib/matrix";
import { expect, test } from "vitest";

import type { AskedGroups } from "../../../src/matrix/rooms/asked_groups.ts";
import type { Blocking } from "../../../src/matrix/rooms/blocking.ts";
import { Strangers } from "../../../src/matrix/rooms/strangers.ts";
import type { Session } from "../../../src/matrix/session/session.ts";

type Answer = { joined: string[] } | Error;

const INVITER = "@budi:example.org";

/** An invitation to a room, and who judges it; each question to the server waits for the next `answer`. */
function invited() {
    const waiting: ((answer: Answer) => void)[] = [];
    const authedRequest = () =>
        new Promise((resolve, reject) => {
            waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
        });
    const session = { client: { http: { authedRequest } } } as unknown as Session;
    const strangers = new Strangers(session, {
        asked: { has: () => false } as unknown as AskedGroups,
        blocking: {} as Blocking,
    });
    const room = {
        roomId: "!a:example.org",
        myUserId: "@ani:example.org",
        getMyMembership: () => "invite",
        getMember: () => ({ events: { member: { getSender: () => INVITER } } }),
    } as unknown as Room;
    let told = 0;
    strangers.judged.subscribe(() => {
        told += 1;
    });
    const answer = async (answer: Answer) => {
        waiting.shift()?.(answer);
        await new Promise((resolve) => setTimeout(resolve));
    };
    return { strangers, room, answer, asked: () => waiting.length, told: () => told };
}

test.each([
    [{ joined: ["!b:example.org"] }, false],
    [{ joined: [] }, true],
    [new Error("offline"), true],
] as const)("after the answer %o a stranger's is %s", async (answer, stranger) => {
    const { strangers, room, told, ...server } = invited();
    expect(strangers.wonders(room)).toBe(true);
    expect(strangers.masks(room)).toBe(true);
    expect(server.asked()).toBe(1);
    await server.answer(answer as Answer);
    expect(told()).toBe(1);
    expect(strangers.wonders(room)).toBe(false);
    expect(strangers.masks(room)).toBe(stranger);
});

test("who could not be asked about is asked about again, and keeps their place meanwhile", async () => {
    const { strangers, room, told, ...server } = invited();
    strangers.masks(room);
    await server.answer(new Error("offline"));
    expect(strangers.masks(room)).toBe(true);
    expect(strangers.wonders(room)).toBe(false);
    await server.answer(new Error("offline still"));
    expect(told()).toBe(1);
    strangers.masks(room);
    await server.answer({ joined: ["!b:example.org"] });
    expect(told()).toBe(2);
    expect(strangers.masks(room)).toBe(false);
});
