/* The page of settings that the address names. */

import type { ReactNode } from "react";

import { Empty } from "../../design/states.tsx";
import { useWords } from "../../i18n/language.tsx";
import { meWords } from "../../i18n/me_words.ts";
import type { Me, MePage } from "../../viewmodels/me.ts";
import { SearchView } from "../search/search.tsx";
import { About } from "./about.tsx";
import { Data } from "./data.tsx";
import { Devices } from "./devices.tsx";
import { LockView } from "./lock.tsx";
import { LookPage } from "./look.tsx";
import { NotificationsView } from "./notifications.tsx";
import { PrivacyView } from "./privacy.tsx";
import { Profile } from "./profile.tsx";
import { ServiceView } from "./service.tsx";
import { ShortcutsPage } from "./shortcuts.tsx";
import { StorageView } from "./storage.tsx";

const PAGES: Record<MePage, (me: Me, of?: string) => ReactNode> = {
    search: (me, of) => <SearchView page={me.search} within={of} />,
    profile: (me) => <Profile me={me} />,
    devices: (me) => <Devices me={me} />,
    privacy: (me) => <PrivacyView me={me} />,
    notifications: (me) => <NotificationsView notifications={me.notifications} />,
    lock: (me) => <LockView page={me.lock} />,
    service: (me) => <ServiceView page={me.service} />,
    look: (me) => <LookPage me={me} />,
    storage: (me) => <StorageView storage={me.storage} />,
    data: (me) => <Data me={me} />,
    shortcuts: (me) => <ShortcutsPage look={me.look} />,
    about: () => <About />,
};

type Given = {
    me: Me;
    page: string | undefined;
    /** What the page is about, where it can be about several things. */
    of: string | undefined;
};

export function MePageView({ me, page, of }: Given) {
    const words = useWords(meWords);
    if (page !== undefined && page in PAGES) return PAGES[page as MePage](me, of);
    return <Empty title={words.pick} />;
}
