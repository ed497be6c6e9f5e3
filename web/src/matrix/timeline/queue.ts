/* What waits to be sent, as far as it belongs to a chat itself or to one branch of it. */

import { RelationType } from "matrix-js-sdk/lib/matrix";

import type { Followed } from "../../platform/observable.ts";
import type { Outbox } from "../sending/outbox.ts";
import type { Message } from "./message.ts";

/** Return the messages that wait in a branch; in the chat itself where `branch` is null. */
export function queuedIn(outbox: Outbox, roomId: string, branch: string | null): Followed<readonly Message[]> {
    const entries = outbox.entries(roomId);
    const pending = outbox.pending(roomId);
    return {
        get value() {
            const others = new Set<string>();
            for (const { key, draft } of pending.value) {
                const relation = draft.content["m.relates_to"];
                const belongs = relation?.rel_type === RelationType.Thread ? relation.event_id : null;
                if (belongs !== branch) others.add(key);
            }
            return entries.value.filter(({ key }) => !others.has(key));
        },
        subscribe: (listener) => entries.subscribe(listener),
    };
}
