/* What stands beside the list instead of a chat. */

import type { ListPage } from "../../viewmodels/list_pages.ts";
import { GroupView } from "../group/group.tsx";
import { InvitationView } from "./invitation.tsx";
import { JoinView, PersonView } from "./link_pages.tsx";

export function ListPageView({ page }: { page: ListPage }) {
    switch (page.kind) {
        case "invitation":
            return <InvitationView key={page.roomId} invitation={page} />;
        case "group":
            return <GroupView key={page.roomId} group={page} />;
        case "join":
            return <JoinView join={page} />;
        case "person":
            return <PersonView person={page} />;
    }
}
