/* Which messages of a chat are pinned, as its state says: ids in clear, the newest last. Pure.
 * spec: client-server-api#mroompinned_events */

import type { IContent } from "matrix-js-sdk/lib/matrix";

export const PINNED = "m.room.pinned_events";
/** More are not looked at: nobody leafs through as many. */
const MOST = 50;
/** The server takes no longer a list. */
const MOST_KEPT = 100;

/** Return the ids of the messages that are pinned, the newest first. */
export function pinnedIn(content: IContent): string[] {
    return [...new Set(idsIn(content).reverse())].slice(0, MOST);
}

/** Return what is pinned once one more is; where there is no room, the oldest makes way. */
export function withPin(content: IContent, id: string): IContent {
    return { ...content, pinned: [...withoutPin(content, id).pinned, id].slice(-MOST_KEPT) };
}

export function withoutPin(content: IContent, id: string): IContent {
    return { ...content, pinned: idsIn(content).filter((each) => each !== id) };
}

function idsIn({ pinned }: IContent): string[] {
    return Array.isArray(pinned) ? pinned.filter((id) => typeof id === "string" && id.startsWith("$")) : [];
}
