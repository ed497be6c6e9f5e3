/* Everything behind the sign-in: the four places, which chat is open, and whether we are connected. */

import { Privacy } from "../matrix/account/privacy.ts";
import { Unreadables } from "../matrix/keys/unreadable.ts";
import { Labels } from "../matrix/label/labels.ts";
import { ChatLists } from "../matrix/list/chat_lists.ts";
import { Chats } from "../matrix/list/chats.ts";
import { keepLastList, type LastList } from "../matrix/list/last_list.ts";
import { QuietHours } from "../matrix/push/quiet_hours.ts";
import { AskedGroups } from "../matrix/rooms/asked_groups.ts";
import { Blocking } from "../matrix/rooms/blocking.ts";
import { Faces } from "../matrix/rooms/faces.ts";
import { Strangers } from "../matrix/rooms/strangers.ts";
import { Search } from "../matrix/search/search.ts";
import { type Draft, Drafts } from "../matrix/sending/drafts.ts";
import { FormDrafts, type KeptForm } from "../matrix/sending/form_drafts.ts";
import { Forwarding } from "../matrix/sending/forwarding.ts";
import { Outbox } from "../matrix/sending/outbox.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation, Place } from "../platform/navigation.ts";
import { type Followed, until } from "../platform/observable.ts";
import { browserPush } from "../platform/push.ts";
import { systemNotices } from "../platform/system_notices.ts";
import { workerChannel } from "../platform/worker_channel.ts";
import { Chat } from "./chat.ts";
import { ChatLabels } from "./chat_labels.ts";
import { ChatList } from "./chat_list.ts";
import { LinkWords } from "./link_words.ts";
import { type ListPage, ListPages } from "./list_pages.ts";
import type { Look } from "./look.ts";
import { Me } from "./me.ts";
import { Media } from "./media.ts";
import { Notifications } from "./notifications.ts";
import { CommunitiesPlace, ServicesPlace } from "./places.ts";
import { TABS, type Tab } from "./tabs.ts";
import { ViewModel } from "./view_model.ts";

export type HomeState = {
    tab: Tab;
    /** The rest of the place behind the tab: of `#/me/devices` it is `["devices"]`. */
    rest: Place;
    chat: Chat | null;
    /** What stands beside the list instead of a chat. */
    page: ListPage | null;
    /** The server cannot be reached: the browser says so, or it has been tried in vain. */
    offline: boolean;
};

export type HomeGround = {
    navigation: Navigation;
    online: Followed<boolean>;
    signOut: () => Promise<void>;
    look: Look;
    /** The list of the last time; null where there was none. */
    last: LastList | null;
};

export class Home extends ViewModel<HomeState> {
    readonly session: Session;
    readonly navigation: Navigation;
    readonly chatList: ChatList;
    readonly outbox: Outbox;
    readonly labels: ChatLabels;
    readonly faces: Faces;
    readonly services: ServicesPlace;
    readonly communities: CommunitiesPlace;
    readonly privacy: Privacy;
    readonly notifications: Notifications;
    readonly me: Me;
    readonly unreadables: Unreadables;
    readonly drafts: Drafts;
    readonly formDrafts: FormDrafts;
    readonly forwarding: Forwarding;
    readonly media: Media;
    readonly signOut: () => Promise<void>;
    readonly chats: Chats;
    readonly blocking: Blocking;
    readonly #pages: ListPages;

    constructor(session: Session, { navigation, online, signOut, look, last }: HomeGround) {
        super({ tab: "chats", rest: [], chat: null, page: null, offline: !online.value });
        this.session = session;
        this.navigation = navigation;
        this.signOut = async () => {
            await this.notifications.forget().catch(() => {});
            await signOut();
        };
        this.outbox = new Outbox(session);
        this.own(() => this.outbox.dispose());
        const labels = new Labels(session);
        this.own(labels.follow({ released: (roomId) => void this.outbox.release(roomId) }));
        this.labels = new ChatLabels(labels);
        this.faces = new Faces(session);
        this.own(() => this.faces.close());
        this.unreadables = new Unreadables(session);
        this.own(this.unreadables.follow());
        this.drafts = new Drafts(session.vault.area<Draft>("drafts"));
        this.formDrafts = new FormDrafts(session.vault.area<KeptForm>("forms"));
        this.media = new Media(session, this.outbox);
        this.own(() => this.media.dispose());
        const [asked, lists] = [new AskedGroups(session), new ChatLists(session)];
        this.blocking = new Blocking(session);
        const strangers = new Strangers(session, { asked, blocking: this.blocking });
        const chats = new Chats(session, strangers, last?.chats ?? []);
        for (const each of [asked, lists, this.blocking, chats]) this.own(each.follow());
        this.chats = chats;
        this.forwarding = new Forwarding(session, this.outbox, chats);
        this.forwarding.forwardMedia = this.media.forward;
        this.own(keepLastList(session, { chats: chats.list, chosen: lists.content }));
        const words = new LinkWords(this);
        this.chatList = new ChatList(session, { chats, lists, navigation, labels: this.labels, words });
        this.#pages = new ListPages(session, { chats, strangers, asked, navigation, labels: this.labels, words });
        this.own(() => this.#pages.dispose());
        this.services = new ServicesPlace(chats);
        this.communities = new CommunitiesPlace(session, { chats, navigation });
        for (const place of [this.services, this.communities]) this.own(() => place.dispose());
        this.own(() => this.chatList.dispose());
        this.privacy = new Privacy(session);
        this.own(this.privacy.follow());
        const quietHours = new QuietHours(session);
        this.own(quietHours.follow());
        this.notifications = new Notifications(session, {
            chats: this.chats.list,
            quietHours,
            navigation,
            push: browserPush,
            notices: systemNotices,
            worker: workerChannel,
        });
        this.own(() => this.notifications.dispose());
        void this.notifications.start();
        const search = new Search(session);
        this.own(() => search.dispose());
        const { privacy, notifications } = this;
        this.me = new Me(session, { privacy, blocking: this.blocking, quietHours, notifications, look, search });
        this.own(() => this.me.dispose());
        this.own(() => this.value.chat?.dispose());
        const tell = () => this.update({ offline: !online.value || session.connection.value === "offline" });
        this.follow(session.connection, tell);
        this.own(online.subscribe(tell));
        // Whoever opens the app again without a network finds what was there when it went.
        this.follow(online, (isOnline) => (isOnline ? session.hurry() : void session.save()));
        this.follow(navigation.place, (place) => this.#visit(place));
        // A chat that was linked may arrive with a later sync.
        this.own(this.chats.list.subscribe(() => this.#visit(navigation.place.value)));
        // A chat that is locked again is left at once.
        this.own(session.chatLock.hidden.subscribe(() => this.#visit(navigation.place.value)));
    }

    /** Resolves when there is something to show: what lies on this device has been read, or cannot be. */
    async ready(): Promise<void> {
        await until(this.session.connection, (connection) => connection !== "starting");
        this.chats.makeNow();
    }

    /** Show what an address names. */
    #visit(place: Place): void {
        const [tab, ...rest] = place;
        const known = TABS.find((each) => each === tab) ?? "chats";
        const page = this.#pages.visit(place);
        const chat = this.#chatOf(known === "chats" && page === null ? roomIn(place) : undefined);
        chat?.visit(rest.slice(1));
        this.update({ tab: known, rest, page, chat });
    }

    #chatOf(roomId: string | undefined): Chat | null {
        const { chat } = this.value;
        const { chatLock } = this.session;
        const shown = roomId !== undefined && this.session.isIn(roomId) && !chatLock.hides(roomId);
        if (shown && chatLock.locks(roomId)) chatLock.use();
        if (shown && chat?.roomId === roomId) return chat;
        chat?.dispose();
        return shown ? new Chat(this, roomId) : null;
    }
}

/** Return the chat that an address names: by itself, or behind the link with which one has asked to join it. */
function roomIn([tab, id]: Place): string | undefined {
    return tab === "chats" || tab === "join" ? id : undefined;
}
