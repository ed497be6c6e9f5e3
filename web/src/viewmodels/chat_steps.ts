/* From one chat to another without the mouse: which comes next in the list as it is shown. Pure. */

import type { ChatSummary } from "../matrix/list/chats.ts";

type Listed = Pick<ChatSummary, "roomId" | "isUnread">;

/** Return the chat that stands below (`by` 1) or above (-1) the open one, round and round; where none is open the
 * first or the last. */
export function neighbour(chats: readonly Listed[], open: string | undefined, by: 1 | -1): string | undefined {
    const at = chats.findIndex(({ roomId }) => roomId === open);
    const from = at < 0 && by < 0 ? 0 : at;
    return chats[(from + by + chats.length) % chats.length]?.roomId;
}

/** Return the first unread chat below the open one, else above it. */
export function nextUnread(chats: readonly Listed[], open: string | undefined): string | undefined {
    const at = chats.findIndex(({ roomId }) => roomId === open);
    const around = [...chats.slice(at + 1), ...chats.slice(0, at + 1)];
    return around.find(({ roomId, isUnread }) => isUnread && roomId !== open)?.roomId;
}
