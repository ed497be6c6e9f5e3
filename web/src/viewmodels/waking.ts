/* The app while its stores are being opened: the list of chats as it was last seen here. */

import type { ChatSummary } from "../matrix/list/chats.ts";
import type { LastList } from "../matrix/list/last_list.ts";
import type { Navigation, Place } from "../platform/navigation.ts";
import { sectionIn, shown } from "./chat_filter.ts";
import { ViewModel } from "./view_model.ts";

export type WakingState = {
    chats: readonly ChatSummary[];
    /** The chat that somebody wants to see, or has pressed already. */
    open: ChatSummary | null;
};

export class Waking extends ViewModel<WakingState> {
    readonly #last: LastList;

    constructor(last: LastList, navigation: Navigation) {
        super({ chats: [], open: null });
        this.#last = last;
        this.follow(navigation.place, (place) => this.#visit(place));
    }

    /** Whether there is a list to show at a place; other places have to wait. */
    static shows(place: Place): boolean {
        return place[0] === undefined || place[0] === "chats";
    }

    #visit(place: Place): void {
        const { chats, filter, lists } = this.#last;
        const section = sectionIn(place) ?? "main";
        this.update({
            chats: shown(chats, { section, filter, lists, query: "" }),
            open: chats.find(({ roomId }) => roomId === place[1]) ?? null,
        });
    }
}
