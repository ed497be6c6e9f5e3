/* Which chats a list shows: its section, a filter or an own list, and what was typed above it. Pure. */

import type { OwnList } from "../matrix/list/chat_lists.ts";
import type { ChatSummary } from "../matrix/list/chats.ts";
import type { Place } from "../platform/navigation.ts";

export const SECTIONS = ["main", "archived", "requests"] as const;
/** `requests` are invitations from strangers. */
export type Section = (typeof SECTIONS)[number];

export type Wanted = { section: Section; filter: string; lists: readonly OwnList[]; query: string };

/** Return which section of the list an address names; null for a chat's. */
export function sectionIn([tab, part]: Place): Section | null {
    if (tab !== "chats" || part === undefined) return "main";
    return SECTIONS.find((section) => section === part) ?? null;
}

/** Return the part of a list where a chat stands. */
export function sectionOf(chat: ChatSummary): Section {
    if (chat.stranger) return "requests";
    return chat.archived ? "archived" : "main";
}

/** Return the chats to show. Who searches, searches all but the requests. */
export function shown(chats: readonly ChatSummary[], { section, filter, lists, query }: Wanted): ChatSummary[] {
    const typed = folded(query);
    if (typed !== "") return chats.filter((chat) => !chat.stranger && folded(chat.name).includes(typed));
    const here = chats.filter((chat) => sectionOf(chat) === section);
    if (section !== "main") return here;
    const list = lists.find(({ id }) => id === filter);
    if (list === undefined) return here.filter((chat) => passes(chat, filter));
    const members = new Set(list.rooms);
    return here.filter(({ roomId }) => members.has(roomId));
}

function passes(chat: ChatSummary, filter: string): boolean {
    switch (filter) {
        case "unread":
            return chat.isUnread || chat.invited;
        case "groups":
            return chat.kind === "group";
        case "services":
            return chat.kind === "service";
        default:
            return true;
    }
}

/** Case and accents do not count. */
function folded(text: string): string {
    return text.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
