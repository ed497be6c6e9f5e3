import { expect, test } from "vitest";

import { withNotices } from "../../../src/matrix/timeline/host_notices.ts";
import { type Message, PLAIN } from "../../../src/matrix/timeline/message.ts";

function at(moment: number): Message {
    const who = { senderId: "", senderName: "", mine: false, progress: null };
    const body = { kind: "text", text: "", emote: false } as const;
    return { ...PLAIN, ...who, id: `$${moment}`, key: `$${moment}`, at: moment, body };
}

const TABLE: [string, boolean, boolean, number[], number[]][] = [
    ["between those before and after", true, true, [25, 15], [10, 15, 20, 25, 30]],
    ["behind one of the same moment", true, true, [20], [10, 20, 20, 30]],
    ["at both ends of the whole", true, true, [5, 35], [5, 10, 20, 30, 35]],
    ["not above the oldest in sight", false, true, [5, 35], [10, 20, 30, 35]],
    ["not below the newest in sight", true, false, [5, 35], [5, 10, 20, 30]],
];

test.each(TABLE)("notices stand %s", (_, whole, atEnd, moments, expected) => {
    const all = withNotices([10, 20, 30].map(at), moments.map(at), { whole, atEnd });
    expect(all.map((message) => message.at)).toEqual(expected);
});
