/* What others learn of somebody beside their messages, and who may reach them: settings that follow the account.
 * spec: client-server-api#private-read-receipts, #invite-permission */

import { EventType, type IContent, SetPresence } from "matrix-js-sdk/lib/matrix";

import type { Followed, Stop } from "../../platform/observable.ts";
import type { Session } from "../session/session.ts";
import { AccountSetting, type Form } from "./account_setting.ts";

export type PrivacySettings = {
    /** Whether others see how far one has read. The server knows it in any case: one's other devices need it. */
    readReceipts: boolean;
    /** Whether others see that one is typing. */
    typing: boolean;
    /** Whether others see that one is there. */
    presence: boolean;
    /** Whether calls of somebody with whom one has no chat ring. */
    silenceUnknownCallers: boolean;
    /** Whether calls go through the server only, so that nobody learns one's address. */
    hideAddress: boolean;
};

/** Who may ask one into a chat. */
export type Invitations = "everybody" | "nobody";

const SETTINGS: Form<PrivacySettings> = {
    type: "id.amanat.privacy",
    read: (content) => ({
        readReceipts: content.read_receipts !== false,
        typing: content.typing !== false,
        presence: content.presence !== false,
        silenceUnknownCallers: content.silence_unknown_callers === true,
        hideAddress: content.hide_address === true,
    }),
    write: (settings) => ({
        read_receipts: settings.readReceipts,
        typing: settings.typing,
        presence: settings.presence,
        silence_unknown_callers: settings.silenceUnknownCallers,
        hide_address: settings.hideAddress,
    }),
};

const INVITATIONS: Form<Invitations> = {
    type: EventType.InvitePermissionConfig,
    read: (content) => (content.default_action === "block" ? "nobody" : "everybody"),
    write: (who): IContent => (who === "nobody" ? { default_action: "block" } : {}),
};

/** Lives as long as the session. What sends receipts and typing asks `settings` each time. */
export class Privacy {
    readonly #session: Session;
    readonly #settings: AccountSetting<PrivacySettings>;
    readonly #invitations: AccountSetting<Invitations>;

    constructor(session: Session) {
        this.#session = session;
        this.#settings = new AccountSetting(session, SETTINGS);
        this.#invitations = new AccountSetting(session, INVITATIONS);
    }

    get settings(): Followed<PrivacySettings> {
        return this.#settings.followed;
    }

    get invitations(): Followed<Invitations> {
        return this.#invitations.followed;
    }

    /** Keep to the settings until the returned function is called. */
    follow(): Stop {
        const stops = [
            this.#settings.follow(),
            this.#invitations.follow(),
            this.settings.subscribe(() => this.#showPresence()),
        ];
        this.#showPresence();
        return () => {
            for (const stop of stops) stop();
        };
    }

    async change(change: Partial<PrivacySettings>): Promise<void> {
        await this.#settings.set({ ...this.settings.value, ...change });
    }

    async allowInvitations(who: Invitations): Promise<void> {
        await this.#invitations.set(who);
    }

    /** Each sync says whether one is there: `offline` says nothing at all. */
    #showPresence(): void {
        void this.#session.client.setSyncPresence(this.settings.value.presence ? undefined : SetPresence.Offline);
    }
}
