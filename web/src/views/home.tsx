/* What stands in each of the four places. */

import { lazy, Suspense } from "react";

import { Banner, Skeleton } from "../design/states.tsx";
import { designWords } from "../i18n/design_words.ts";
import { homeWords } from "../i18n/home_words.ts";
import { useWords } from "../i18n/language.tsx";
import { sectionIn } from "../viewmodels/chat_filter.ts";
import type { Home } from "../viewmodels/home.ts";
import { homeKeys } from "../viewmodels/home_keys.ts";
import { Announcer } from "./announcer.tsx";
import { ChatView } from "./chat/chat.tsx";
import { ChatListView } from "./chats/chat_list.tsx";
import { ListPageView } from "./chats/list_page.tsx";
import { FacesContext } from "./face.tsx";
import { Frame } from "./frame.tsx";
import { LabelsContext } from "./label/labels_context.ts";
import { MeView } from "./me/me.tsx";
import { MePageView } from "./me/me_page.tsx";
import { ShortcutsSheet } from "./me/shortcuts.tsx";
import { MediaProvider } from "./media/media_provider.tsx";
import { PickChat } from "./pick_chat.tsx";
import { CommunitiesView } from "./places/communities.tsx";
import { ServicesView } from "./places/services.tsx";
import { Toasts } from "./toasts.tsx";
import { useShortcuts } from "./use_shortcuts.ts";
import { useViewModel } from "./use_view_model.ts";

const LinkView = lazy(() => import("./linking/link_view.tsx").then(({ LinkView }) => ({ default: LinkView })));
const RecoveryView = lazy(() =>
    import("./unlock/renew_code.tsx").then(({ RecoveryView }) => ({ default: RecoveryView })),
);

export function HomeView({ home }: { home: Home }) {
    return (
        <LabelsContext value={home.labels}>
            <FacesContext value={home.faces}>
                <MediaProvider media={home.media}>
                    <Toasts>
                        <Places home={home} />
                    </Toasts>
                    <ShortcutsSheet look={home.me.look} />
                    <Announcer notifications={home.notifications} />
                </MediaProvider>
            </FacesContext>
        </LabelsContext>
    );
}

function Places({ home }: { home: Home }) {
    const { tab, rest, chat, page, offline } = useViewModel(home);
    const words = useWords(homeWords);
    const general = useWords(designWords);
    useShortcuts(homeKeys(home));
    const inList = tab === "chats" && page === null && sectionIn([tab, ...rest]) !== null;
    const open = rest.length > 0 && !inList;
    return (
        <Frame
            tab={tab}
            open={open}
            banner={offline && <Banner kind="warning">{words.offline}</Banner>}
            main={
                <Suspense fallback={<Skeleton label={general.loading} />}>
                    <MainPane home={home} />
                </Suspense>
            }
        >
            {tab === "chats" && <ChatListView list={home.chatList} search={home.me.search} open={chat?.roomId} />}
            {tab === "me" && <MeView home={home} open={rest[0]} />}
            {tab === "services" && <ServicesView services={home.services} list={home.chatList} />}
            {tab === "communities" && <CommunitiesView place={home.communities} list={home.chatList} />}
        </Frame>
    );
}

/** What is open beside Me. */
function MyPage({ home, rest }: { home: Home; rest: readonly string[] }) {
    if (rest[0] === "link") return <LinkView home={home} />;
    if (rest[0] === "recovery") return <RecoveryView home={home} />;
    return <MePageView key={rest.join("/")} me={home.me} page={rest[0]} of={rest[1]} />;
}

/** What stands beside the list, or over it on a phone. */
function MainPane({ home }: { home: Home }) {
    const { tab, rest, chat, page } = useViewModel(home);
    if (tab === "me") return <MyPage home={home} rest={rest} />;
    if (page) return <ListPageView page={page} />;
    if (chat) return <ChatView key={chat.roomId} chat={chat} />;
    if (tab !== "chats") return null;
    return <PickChat />;
}
