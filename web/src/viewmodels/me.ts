/* Me: what others see of oneself, and the ways to everything about one's account. */

import { type AccountAct, accountPage, accountPages } from "../matrix/account/account_pages.ts";
import { OwnLanguage } from "../matrix/account/own_language.ts";
import { OwnProfile, type OwnProfileState } from "../matrix/account/own_profile.ts";
import { askedPolicies } from "../matrix/account/policies.ts";
import type { Blocking } from "../matrix/rooms/blocking.ts";
import type { Search } from "../matrix/search/search.ts";
import type { Session } from "../matrix/session/session.ts";
import { BlockedPeople } from "./blocked_people.ts";
import { type PictureProblem, portray } from "./faces.ts";
import { LockPage } from "./lock_page.ts";
import type { Look, LookState } from "./look.ts";
import { MyDevices } from "./my_devices.ts";
import type { Notifications } from "./notifications.ts";
import { type PrivacyGround, PrivacyPage } from "./privacy_page.ts";
import { SearchPage } from "./search.ts";
import { ServicePage } from "./service_page.ts";
import { Storage } from "./storage.ts";
import { ViewModel } from "./view_model.ts";

export const ME_PAGES = [
    "search",
    "profile",
    "devices",
    "privacy",
    "lock",
    "service",
    "notifications",
    "look",
    "storage",
    "data",
    "shortcuts",
    "about",
] as const;
export type MePage = (typeof ME_PAGES)[number];

export type MeState = OwnProfileState & {
    /** Where the server's pages about this account are; null until it has said so. */
    pages: string | null;
    /** Policies that wait for a choice. */
    asked: number;
};

export type MeGround = PrivacyGround & { blocking: Blocking; notifications: Notifications; look: Look; search: Search };

export class Me extends ViewModel<MeState> {
    readonly userId: string;
    readonly devices: MyDevices;
    readonly privacy: PrivacyPage;
    readonly blocked: BlockedPeople;
    readonly notifications: Notifications;
    readonly storage: Storage;
    readonly search: SearchPage;
    readonly lock: LockPage;
    readonly service: ServicePage;
    readonly look: Look;
    readonly #language: OwnLanguage;
    /** A choice that could not be told stays on this device. */
    #telling = false;
    readonly #session: Session;
    readonly #profile: OwnProfile;

    constructor(session: Session, ground: MeGround) {
        const profile = new OwnProfile(session);
        super({ ...profile.profile.value, pages: null, asked: 0 });
        this.userId = session.userId;
        this.#session = session;
        this.#profile = profile;
        this.devices = new MyDevices(session);
        this.privacy = new PrivacyPage(ground);
        this.blocked = new BlockedPeople(ground.blocking);
        this.notifications = ground.notifications;
        const { search } = ground;
        const index = { name: "search" as const, count: () => search.size(), free: () => search.clear() };
        this.storage = new Storage([index]);
        this.search = new SearchPage(session, search);
        this.lock = new LockPage(session);
        this.service = new ServicePage(session);
        this.look = ground.look;
        this.#language = new OwnLanguage(session);
        this.own(this.#language.follow());
        for (const page of [this.privacy, this.blocked, this.search, this.lock, this.service])
            this.own(() => page.dispose());
        this.follow(profile.profile, (state) => this.update(state));
        this.#adopt(this.look.value.language === null);
        this.own(this.#language.followed.subscribe(() => this.#adopt(true)));
    }

    /** Ask what the server knows; what it does not answer stays as it was. */
    async ask(): Promise<void> {
        const [, pages, asked] = await Promise.allSettled([
            this.#profile.look(),
            accountPages(this.#session),
            askedPolicies(this.#session),
        ]);
        if (pages.status === "fulfilled") this.update({ pages: pages.value });
        if (asked.status === "fulfilled") this.update({ asked: asked.value });
    }

    /** The pages that the list of settings shows: few have a service. */
    get listed(): readonly MePage[] {
        return ME_PAGES.filter((page) => page !== "service" || this.service.isService);
    }

    /** Return the address of one of the server's pages; null until it has said where they are. */
    page(act: AccountAct): string | null {
        return this.value.pages === null ? null : accountPage(this.value.pages, act);
    }

    /** Return whether it worked. */
    async rename(name: string): Promise<boolean> {
        return this.#tried(() => this.#profile.rename(name.trim()));
    }

    /** Show another picture, or none; return what is wrong. */
    picture(file: Blob | null): Promise<PictureProblem | null> {
        return portray(file, (portrait) => this.#profile.picture(portrait));
    }

    /** Look and speak otherwise. The language goes along to one's other devices, when they can be told. */
    async wear(change: Partial<LookState>): Promise<void> {
        await this.look.change(change);
        if (change.language === undefined) return;
        this.#telling = true;
        await this.#tried(() => this.#language.set(change.language ?? null));
        this.#telling = false;
    }

    /** Speak what was chosen on another device, if it was. */
    #adopt(willing: boolean): void {
        const language = this.#language.followed.value;
        if (willing && !this.#telling && language !== null) void this.look.change({ language });
    }

    async #tried(work: () => Promise<void>): Promise<boolean> {
        try {
            await work();
            return true;
        } catch {
            return false;
        }
    }
}
