/* What stands beside the list instead of a chat: an invitation, a group's page, or what a link opens. */

import type { Chats } from "../matrix/list/chats.ts";
import type { AskedGroups } from "../matrix/rooms/asked_groups.ts";
import type { Strangers } from "../matrix/rooms/strangers.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation, Place } from "../platform/navigation.ts";
import { Approach } from "./approach.ts";
import type { ChatLabels } from "./chat_labels.ts";
import { groupLinkOf } from "./group_link.ts";
import { GroupPage } from "./group_page.ts";
import { Invitation } from "./invitation.ts";
import { JoinPage, PersonPage } from "./link_pages.ts";
import { linkTextOf } from "./link_text.ts";
import type { LinkWords } from "./link_words.ts";

export type ListPage = Invitation | GroupPage | JoinPage | PersonPage;

export type ListPagesGround = {
    chats: Chats;
    strangers: Strangers;
    asked: AskedGroups;
    navigation: Navigation;
    labels: ChatLabels;
    words: LinkWords;
};

/** Keeps the page that an address names, as long as it names the same. */
export class ListPages {
    readonly #session: Session;
    readonly #ground: ListPagesGround;
    #current: { key: string; page: ListPage } | null = null;

    constructor(session: Session, ground: ListPagesGround) {
        this.#session = session;
        this.#ground = ground;
    }

    /** Return the page of a place; null where there is none. The page before it is let go of. */
    visit(place: Place): ListPage | null {
        const key = this.#keyOf(place);
        if (key !== (this.#current?.key ?? null)) {
            this.dispose();
            const page = key === null ? null : this.#make(place);
            this.#current = key === null || page === null ? null : { key, page };
        }
        return this.#current?.page ?? null;
    }

    dispose(): void {
        this.#current?.page.dispose();
        this.#current = null;
    }

    #keyOf([tab, id, part, ...rest]: Place): string | null {
        if (id === undefined) return null;
        if (tab === "u") return `u ${id} ${part ?? ""}`;
        const joined = this.#session.client.getRoom(id)?.getMyMembership() === "join";
        if (tab === "join") return joined ? null : `join ${[id, part, ...rest].join(" ")}`;
        if (tab !== "chats") return null;
        if (part === "group") return joined ? `group ${id}` : null;
        return Invitation.isOpen(this.#session, id) ? `invitation ${id}` : null;
    }

    #make([tab, id = "", part = "", ...rest]: Place): ListPage {
        const { asked, navigation, labels, words } = this.#ground;
        if (tab === "u") {
            const approach = new Approach(this.#session, labels);
            return new PersonPage(id, linkTextOf(part), { approach, navigation, words });
        }
        if (tab === "join") return new JoinPage(asked, id, groupLinkOf([part, ...rest].filter(Boolean)));
        if (part === "group") return new GroupPage(this.#session, id, { navigation, labels });
        return new Invitation(id, this.#ground);
    }
}
