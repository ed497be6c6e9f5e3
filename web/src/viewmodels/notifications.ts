/* Notifications of this device: on or off, what they say, and who is told while no window is open. */

import type { ChatSummary } from "../matrix/list/chats.ts";
import type { Arrival } from "../matrix/push/arrival.ts";
import { Notifications as Arrivals } from "../matrix/push/notifications.ts";
import { pushKey, pushNoMore, pushTo } from "../matrix/push/pushers.ts";
import { isQuiet, type QuietHours } from "../matrix/push/quiet_hours.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import type { Followed } from "../platform/observable.ts";
import type { Permission, PushDoor, Subscription } from "../platform/push.ts";
import type { Shown, SystemNotices } from "../platform/system_notices.ts";
import type { Area } from "../platform/vault.ts";
import type { WorkerChannel } from "../platform/worker_channel.ts";
import type { FromWorker } from "../platform/worker_messages.ts";
import { ViewModel } from "./view_model.ts";

export type NotificationsState = {
    permission: Permission;
    on: boolean;
    /** Whether they come while no window of the app is open, too. */
    whenClosed: boolean;
    /** Whether they say who wrote what. */
    content: boolean;
    busy: boolean;
    /** Turning them on or off did not work. */
    failed: boolean;
};

/** What is kept on this device. */
type Kept = { on: boolean; content: boolean; subscription: Subscription | null };

export type NotificationsGround = {
    chats: Followed<readonly ChatSummary[]>;
    quietHours: QuietHours;
    navigation: Navigation;
    push: PushDoor;
    notices: SystemNotices;
    worker: WorkerChannel;
};

/** What is shown of an arrival; words are the views'. */
export type Wording = (arrival: Arrival, content: boolean) => { title: string; body: string };

const USUAL: Kept = { on: false, content: true, subscription: null };
/** How long a pushed message may take to arrive by the sync. */
const PATIENCE_MS = 5_000;

export class Notifications extends ViewModel<NotificationsState> {
    /** Chats that are not to be heard of at all, as locked ones; whoever knows of such adds a question. */
    readonly silent: ((roomId: string) => boolean)[] = [];
    readonly #session: Session;
    readonly #ground: NotificationsGround;
    readonly #arrivals: Arrivals;
    readonly #kept: Area<Kept>;
    /** Whether the system may be showing something of ours, be it from before this start. */
    #anyShown = true;
    #counted: number | null = null;
    #taken: Promise<void> | null = null;
    #subscription: Subscription | null = null;
    #language: "id" | "en" = "id";
    #wording: Wording | null = null;

    constructor(session: Session, ground: NotificationsGround) {
        const permission = ground.push.permission();
        super({ permission, on: false, whenClosed: false, content: USUAL.content, busy: false, failed: false });
        this.#session = session;
        this.#ground = ground;
        this.#kept = session.vault.area<Kept>("notifications");
        this.#arrivals = new Arrivals(session, (arrival) => void this.#announce(arrival));
        this.own(this.#arrivals.follow());
        this.own(ground.worker.hear((message) => this.#hear(message)));
        this.own(ground.quietHours.settings.subscribe(() => void this.#tellWorker()));
        this.follow(ground.chats, (chats) => this.#count(chats));
        this.own(() => ground.notices.count(0));
    }

    /** Take up what was chosen on this device. */
    async start(): Promise<void> {
        await this.#takeUp();
        // A browser may have given its subscription up, and a server that lost its keys has another key.
        if (this.value.on) await this.#subscribe().catch(() => {});
    }

    /** Speak a language, here and in the worker. */
    speak(language: "id" | "en", wording: Wording): void {
        this.#wording = wording;
        if (language === this.#language) return;
        this.#language = language;
        void this.#tellWorker();
    }

    async turnOn(): Promise<void> {
        await this.#try(async () => {
            const permission = await this.#ground.push.ask();
            await this.#takeUp();
            this.update({ permission });
            if (permission !== "granted") return;
            this.update({ on: true });
            await this.#keep();
            await this.#subscribe();
        });
    }

    async turnOff(): Promise<void> {
        await this.#try(async () => {
            await this.#takeUp();
            this.update({ on: false, whenClosed: false });
            const before = this.#subscription;
            this.#subscription = null;
            await this.#keep();
            await this.forget();
            if (before !== null) await pushNoMore(this.#session, before.p256dh);
        });
    }

    async showContent(content: boolean): Promise<void> {
        await this.#takeUp();
        this.update({ content });
        await this.#keep();
        await this.#tellWorker();
    }

    /** End what the browser does for this account while no window is open: it is signing out. */
    async forget(): Promise<void> {
        await this.#ground.worker.tell({ kind: "forget" });
        await this.#ground.push.unsubscribe();
    }

    /** Read what was chosen before, once: whoever chooses anew does so after it. */
    #takeUp(): Promise<void> {
        const take = async () => {
            const kept = (await this.#kept.get("own")) ?? USUAL;
            const on = kept.on && this.value.permission === "granted";
            this.#subscription = kept.subscription;
            this.update({ on, content: kept.content, whenClosed: on && kept.subscription !== null });
        };
        this.#taken ??= take();
        return this.#taken;
    }

    // Being pushed to

    async #subscribe(): Promise<void> {
        const key = await pushKey(this.#session);
        const subscription = key === null ? null : await this.#ground.push.subscribe(key);
        if (subscription !== null) await pushTo(this.#session, subscription, this.#language);
        if (!this.value.on) {
            // It was turned off meanwhile, when there was nothing to end yet.
            await this.#ground.push.unsubscribe();
            if (subscription !== null) await pushNoMore(this.#session, subscription.p256dh);
            return;
        }
        const before = this.#subscription;
        this.#subscription = subscription;
        this.update({ whenClosed: subscription !== null });
        await this.#keep();
        await this.#tellWorker();
        if (before !== null && before.p256dh !== subscription?.p256dh) await pushNoMore(this.#session, before.p256dh);
    }

    async #keep(): Promise<void> {
        const { on, content } = this.value;
        await this.#kept.put("own", { on, content, subscription: this.#subscription });
    }

    async #tellWorker(): Promise<void> {
        if (!this.value.on) return;
        const { on, from, to } = this.#ground.quietHours.settings.value;
        const { content } = this.value;
        const settings = { language: this.#language, quiet: on ? { from, to } : null, content };
        await this.#ground.worker.tell({ kind: "settings", settings });
    }

    async #hear(message: FromWorker): Promise<boolean> {
        switch (message.kind) {
            case "push":
                return this.#arrivals.settled(message.eventId, PATIENCE_MS);
            case "open":
                this.#ground.navigation.go(["chats", message.roomId]);
                return true;
            case "renew":
                if (this.value.on) await this.#subscribe();
                return true;
        }
    }

    // What is shown

    async #announce(arrival: Arrival): Promise<void> {
        const { notices, quietHours } = this.#ground;
        if (!this.value.on || this.#wording === null || notices.watched() || this.#isSilent(arrival.roomId)) return;
        const now = new Date();
        const quiet = isQuiet(quietHours.settings.value, now.getHours() * 60 + now.getMinutes());
        const loud = arrival.kind === "invitation" || arrival.loud;
        const said = this.#wording(arrival, this.value.content);
        const eventId = arrival.kind === "message" ? arrival.eventId : null;
        await notices.show({ roomId: arrival.roomId, eventId, ...said, silent: quiet || !loud });
        this.#anyShown = true;
    }

    #isSilent(roomId: string): boolean {
        return this.silent.some((asks) => asks(roomId));
    }

    /** Count what waits, and take away what is shown of chats that have been read. */
    #count(chats: readonly ChatSummary[]): void {
        // Nothing has been read from this device's stores yet.
        if (chats.length === 0) return;
        let count = 0;
        for (const { roomId, unread, invited } of chats) {
            if (!this.#isSilent(roomId)) count += invited ? 1 : unread;
        }
        // A system takes milliseconds to be told, and most changes of a list change no number.
        if (count !== this.#counted) this.#ground.notices.count(count);
        this.#counted = count;
        if (this.#anyShown) void this.#clear();
    }

    async #clear(): Promise<void> {
        this.#anyShown = false;
        const isRead = ({ roomId, eventId }: Shown) => roomId === null || this.#arrivals.isRead(roomId, eventId);
        if (await this.#ground.notices.clear(isRead)) this.#anyShown = true;
    }

    async #try(work: () => Promise<void>): Promise<void> {
        this.update({ busy: true, failed: false });
        try {
            await work();
        } catch {
            this.update({ failed: true });
        } finally {
            this.update({ busy: false });
        }
    }
}
