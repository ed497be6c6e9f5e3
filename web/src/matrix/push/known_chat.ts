/* A chat as the list of the last time has it, for who has no list: the worker. */

import type { Vault } from "../../platform/vault.ts";

/** Where the list of the last time lies. */
export const LAST_LIST = "last-list";

/** What is asked of a chat there. */
export type KnownChat = {
    roomId: string;
    name: string;
    kind: "person" | "group" | "service";
    invited: boolean;
    stranger: boolean;
};

/** Return a chat of the list; null where it is not there, as what is locked, or where nothing may be said of it. */
export async function knownChat(vault: Vault, roomId: string): Promise<KnownChat | null> {
    const last = await vault.area<{ chats: readonly KnownChat[] }>(LAST_LIST).get("own");
    const chat = last?.chats.find((each) => each.roomId === roomId);
    if (chat === undefined || chat.invited || chat.stranger || chat.name === "") return null;
    return chat;
}
