/* What the lines between messages tell: in a chat of two only that it began, and whatever else is news there; in a group
 * what happened in one go, told in one line. Pure. */

import type { Message } from "../matrix/timeline/message.ts";
import type { Notice, Who } from "../matrix/timeline/notices.ts";

/** What several did, or had done to them, by one. */
type Crowd = { kind: "crowd"; what: Gathering; by: Who; who: readonly Who[] };

/** What one line tells. */
export type Told = Notice | { kind: "begun" } | Crowd;

/** What happens to many at once. */
const GATHERINGS = ["invited", "joined", "left", "removed"] as const;
export type Gathering = (typeof GATHERINGS)[number];

/** How two people came together: that there is a chat says as much. */
const COMING: ReadonlySet<string> = new Set(["invited", "joined", "knocked"]);
const GOING: ReadonlySet<string> = new Set(["left", "declined", "removed", "banned"]);

/** Return the messages of a chat of two that are worth a line. Somebody who comes back after they left is news. */
export function withoutComing(messages: readonly Message[]): readonly Message[] {
    let gone = false;
    return messages.filter(({ body }) => {
        if (body.kind !== "notice") return true;
        gone ||= GOING.has(body.notice.kind);
        return gone || !COMING.has(body.notice.kind);
    });
}

/** Put together what happened with no word between; each line with the messages that it stands for. */
export function linesOf(run: readonly Message[], { direct }: { direct: boolean }): { told: Told; of: Message[] }[] {
    const lines = new Map<string, { told: Told; of: Message[] }>();
    for (const message of run) {
        if (message.body.kind !== "notice") continue;
        const { notice } = message.body;
        const line = lines.get(nameOf(message, notice));
        if (line === undefined) {
            const told = direct && notice.kind === "made" ? ({ kind: "begun" } as const) : notice;
            lines.set(nameOf(message, notice), { told, of: [message] });
        } else {
            line.of.push(message);
            line.told = joined(line.told, notice);
        }
    }
    return [...lines.values()];
}

/** Return what lines have in common that are one; a line by itself has nothing in common with another. */
function nameOf({ key, senderId }: Message, notice: Notice): string {
    if (!isGathering(notice)) return key;
    return "whom" in notice ? `${notice.kind} ${senderId}` : notice.kind;
}

function joined(told: Told, notice: Notice): Told {
    if (!isGathering(notice)) return told;
    const before = told.kind === "crowd" ? told.who : [whoIn(told as Notice)];
    return { kind: "crowd", what: notice.kind, by: notice.by, who: [...before, whoIn(notice)] };
}

function isGathering(notice: Notice): notice is Notice & { kind: Gathering } {
    return GATHERINGS.some((each) => each === notice.kind);
}

function whoIn(notice: Notice): Who {
    return "whom" in notice ? notice.whom : notice.by;
}
