/* What a key wants of the list of chats, which lies under the chat that is open where there is no room for both. */

import { type RefObject, useEffect, useRef } from "react";

import type { ChatList, ChatListState } from "../../viewmodels/chat_list.ts";
import { useViewModel } from "../use_view_model.ts";

type Want = { list: ChatList; what: ChatListState["wanted"]; open: string | undefined };

/** Attend to it once the part that does so can be seen; until then close what lies over it. */
export function useWanted({ list, what, open }: Want, part: RefObject<HTMLElement | null>, attend: () => void): void {
    const { wanted } = useViewModel(list);
    const newest = useRef(attend);
    newest.current = attend;
    // biome-ignore lint/correctness/useExhaustiveDependencies: the part may be seen once nothing is open
    useEffect(() => {
        if (wanted === null || wanted !== what) return;
        if (part.current?.offsetParent === null) {
            location.hash = "#/chats";
            return;
        }
        list.attended();
        newest.current();
    }, [wanted, what, open]);
}
