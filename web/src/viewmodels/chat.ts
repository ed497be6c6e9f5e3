/* One chat that is open: who it is with, what was said in it, and what is being written. */

import type { Introduction } from "../matrix/label/introduction.ts";
import { publishedIntroduction } from "../matrix/label/published_introduction.ts";
import { personIn } from "../matrix/rooms/finding.ts";
import { ChatActs } from "../matrix/sending/chat_acts.ts";
import type { Drafts } from "../matrix/sending/drafts.ts";
import type { FormDrafts } from "../matrix/sending/form_drafts.ts";
import type { Forwarding } from "../matrix/sending/forwarding.ts";
import type { Outbox } from "../matrix/sending/outbox.ts";
import { TypingNotice } from "../matrix/sending/typing.ts";
import { type AboutChat, OpenChat } from "../matrix/timeline/open_chat.ts";
import type { Place } from "../platform/navigation.ts";
import { Beginning } from "./beginning.ts";
import { ChatChoices, type ChatChoicesGround } from "./chat_choices.ts";
import type { ChatDetails } from "./chat_details.ts";
import type { ChatLabels } from "./chat_labels.ts";
import { ChatTimer } from "./chat_timer.ts";
import { Composer } from "./composer.ts";
import { LockEntry } from "./lock_entry.ts";
import { Log, type LogGround } from "./log.ts";
import { MessageActs } from "./message_acts.ts";
import { Offers } from "./offers.ts";
import { Pinned } from "./pinned.ts";
import { ViewModel } from "./view_model.ts";

export type ChatState = AboutChat & {
    /** What lies behind the chat's own place: `["info"]`, or `["thread", id]`. */
    place: Place;
    /** The branch that is open beside the chat. */
    branch: Branch | null;
    /** Who can read the chat, open beside it. */
    details: ChatDetails | null;
};

/** Somewhere to read and write: the chat itself, or the answers to one message of it. */
type Talk = { log: Log; composer: Composer; acts: MessageActs };

export type Branch = Talk & { id: string };

/** What a chat stands on; everything of it lives as long as the session. */
export type ChatGround = LogGround &
    ChatChoicesGround & {
        outbox: Outbox;
        drafts: Drafts;
        formDrafts: FormDrafts;
        forwarding: Forwarding;
        labels: ChatLabels;
    };

export class Chat extends ViewModel<ChatState> {
    readonly roomId: string;
    readonly log: Log;
    readonly composer: Composer;
    readonly acts: MessageActs;
    readonly choices: ChatChoices;
    readonly timer: ChatTimer;
    readonly lock: LockEntry;
    readonly pinned: Pinned;
    readonly offers: Offers;
    readonly beginning: Beginning;
    readonly #chat: OpenChat;
    readonly #ground: ChatGround;
    #known: Promise<Introduction | null> | null = null;

    constructor(ground: ChatGround, roomId: string) {
        const chat = new OpenChat(ground.session, ground.outbox, roomId);
        super({ ...chat.about.value, place: [], branch: null, details: null });
        this.roomId = roomId;
        this.#ground = ground;
        this.#chat = chat;
        this.timer = new ChatTimer({ about: chat.about, setTimer: (maxAgeMs) => chat.setTimer(maxAgeMs) });
        this.own(() => this.timer.dispose());
        this.choices = new ChatChoices(ground, roomId);
        this.own(() => this.choices.dispose());
        this.lock = new LockEntry(ground.session.chatLock, roomId);
        this.own(() => this.lock.dispose());
        this.pinned = new Pinned(chat.pinned);
        this.own(() => this.pinned.dispose());
        this.own(chat.pinned.follow());
        this.own(chat.offers.follow());
        this.offers = new Offers({
            choice: chat.offers.choice,
            say: (wanted, words) => new ChatActs(ground.session, ground.outbox, roomId).wantOffers(wanted, words),
        });
        this.own(() => this.offers.dispose());
        this.own(this.#chat.follow());
        ground.labels.visit(roomId);
        this.follow(this.#chat.about, (about) => this.update(about));
        const { log, composer, acts } = this.#talk(null);
        this.log = log;
        this.composer = composer;
        this.acts = acts;
        this.own(() => hush({ log, composer }));
        this.beginning = new Beginning({
            log,
            offered: async () => (await this.#says())?.prompts ?? [],
            changed: (listener) => ground.session.statements.onChange(listener),
            say: (prompt) => composer.say(prompt),
        });
        this.own(() => this.beginning.dispose());
        this.own(() => hush(this.value.branch));
        this.own(() => this.value.details?.dispose());
    }

    /** Show what lies behind the chat's own place. */
    visit(place: Place): void {
        const [what, id] = place;
        const branch = what === "thread" ? id : undefined;
        const before = this.value.branch;
        this.update({ place, details: this.#detailsOf(what === "info") });
        if (before?.id === branch) return;
        hush(before);
        this.update({ branch: branch === undefined ? null : { id: branch, ...this.#talk(branch) } });
    }

    /** What the service that one chats with says of itself; asked for once, as soon as that is of use. */
    #says(): Promise<Introduction | null> {
        const { session } = this.#ground;
        const other = personIn(session, this.roomId);
        if (other === null || session.statements.known(other.userId) === undefined) return Promise.resolve(null);
        this.#known ??= publishedIntroduction(session.client, other.userId).catch((error: unknown) => {
            this.#known = null;
            throw error;
        });
        return this.#known;
    }

    #detailsOf(open: boolean): ChatDetails | null {
        const { details } = this.value;
        if (open) return details ?? this.#ground.labels.details(this.roomId);
        details?.dispose();
        return null;
    }

    /** Make what reads and writes: in the chat itself, or in a branch of it. */
    #talk(branch: string | null): Talk {
        const { session, outbox, drafts, formDrafts, forwarding, privacy, navigation } = this.#ground;
        const { roomId } = this;
        const timeline = branch === null ? this.#chat.timeline : this.#chat.branch(branch);
        const log = new Log(timeline, { ...this.#ground, direct: () => this.#chat.direct });
        const doing = new ChatActs(session, outbox, roomId);
        const typing = new TypingNotice(session, roomId, { allowed: () => privacy.settings.value.typing });
        const composer = new Composer({
            acts: doing,
            outbox,
            drafts,
            typing,
            branch,
            commands: async () => (await this.#says())?.commands ?? [],
            lastOwn: () => log.lastOwn(),
        });
        const openBranch = branch === null ? (id: string) => navigation.go(["chats", roomId, "thread", id]) : null;
        const direct = () => this.#chat.direct;
        const hosts = (userId: string) => this.#ground.labels.hosts(roomId, userId);
        const { pinned } = this.#chat;
        const ground = { acts: doing, outbox, forwarding, composer, formDrafts, pinned, openBranch, direct, hosts };
        return { log, composer, acts: new MessageActs(ground) };
    }
}

function hush(talk: Pick<Talk, "log" | "composer"> | null): void {
    talk?.log.dispose();
    talk?.composer.dispose();
}
