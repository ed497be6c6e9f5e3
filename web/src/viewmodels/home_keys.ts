/* What keys do wherever one is in the app, and where one reads and writes. */

import type { Branch } from "./chat.ts";
import { neighbour, nextUnread } from "./chat_steps.ts";
import type { Home } from "./home.ts";
import type { Runs } from "./shortcuts.ts";

/** A chat, a branch or a page of Me lies on what has two parts of an address or one. */
const DEPTH = 2;

export function homeKeys(home: Home): Runs {
    const { chatList, navigation } = home;
    const open = () => home.value.chat?.roomId;
    const go = (roomId: string | undefined) => roomId !== undefined && navigation.go(["chats", roomId]);
    return {
        search: () => chatList.want("search"),
        newChat: () => chatList.want("newChat"),
        nextChat: () => go(neighbour(chatList.value.chats, open(), 1)),
        previousChat: () => go(neighbour(chatList.value.chats, open(), -1)),
        nextUnread: () => go(nextUnread(chatList.value.chats, open())),
        mute: () => {
            const chat = chatList.all.find(({ roomId }) => roomId === open());
            if (chat !== undefined) void chatList.toggle(chat, "mute");
        },
        close: () => {
            const place = navigation.place.value;
            if (place.length > 1) navigation.go(place.slice(0, place.length > DEPTH ? DEPTH : 1));
        },
    };
}

/** In the chat itself, or in a branch of it. */
export function talkKeys({ log, composer, acts }: Pick<Branch, "log" | "composer" | "acts">): Runs {
    return {
        write: () => composer.summon(),
        reply: () => {
            const last = log.newest((message) => !message.mine && acts.of(message).includes("reply"));
            if (last !== null) composer.reply(last);
        },
        edit: () => composer.editLast(),
    };
}
