/* The list of chats as this device showed it last. The next start shows it at once: js-sdk reads its stores for seconds
 * where there are a thousand chats, and nobody should look at nothing meanwhile. */

import type { Followed, Stop } from "../../platform/observable.ts";
import type { Vault } from "../../platform/vault.ts";
import { LAST_LIST } from "../push/known_chat.ts";
import type { Session } from "../session/session.ts";
import type { ChatListsContent } from "./chat_lists.ts";
import type { ChatSummary } from "./chat_summary.ts";

/** `filter` and `lists` are what was chosen among the chats. */
export type LastList = ChatListsContent & { chats: readonly ChatSummary[] };

/** Chats that are kept: many screens of them, and still read and written in a few milliseconds. */
const MOST = 300;
/** A list that changes all the time is written this often. */
const REST_MS = 5_000;

/** Return the list of the last time, without what has disappeared since; null where there was none. */
export async function readLastList(vault: Vault, now: number): Promise<LastList | null> {
    const last = await vault.area<LastList>(LAST_LIST).get("own");
    if (last === undefined) return null;
    const gone = ({ previewUntil }: ChatSummary) => previewUntil !== null && previewUntil <= now;
    return { ...last, chats: last.chats.map((chat) => (gone(chat) ? { ...chat, preview: null } : chat)) };
}

type Lists = { chats: Followed<readonly ChatSummary[]>; chosen: Followed<ChatListsContent> };

/** Keep the list as it is shown, until the returned function is called. What is locked is not kept. */
export function keepLastList({ vault, chatLock, connection }: Session, { chats, chosen }: Lists): Stop {
    const area = vault.area<LastList>(LAST_LIST);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
        clearTimeout(timer);
        timer = undefined;
        // Before the stores are open the list is empty.
        if (connection.value === "starting") return;
        const shown = chats.value.filter(({ roomId }) => !chatLock.locks(roomId)).slice(0, MOST);
        // A vault that was closed meanwhile belongs to a session that has ended.
        void area.put("own", { ...chosen.value, chats: shown }).catch(() => {});
    };
    const soon = () => {
        timer ??= setTimeout(keep, REST_MS);
    };
    // A first sync fills the list long before it has come whole, and changes nothing then.
    const ends = [
        chats.subscribe(soon),
        chosen.subscribe(soon),
        connection.subscribe(soon),
        chatLock.hidden.subscribe(keep),
    ];
    return () => {
        clearTimeout(timer);
        for (const end of ends) end();
    };
}
