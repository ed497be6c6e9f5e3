/* What others learn of oneself, who may reach one, and when it is quiet. */

import type { Invitations, Privacy, PrivacySettings } from "../matrix/account/privacy.ts";
import type { QuietHours, QuietHoursSettings } from "../matrix/push/quiet_hours.ts";
import { ViewModel } from "./view_model.ts";

export type PrivacyGround = { privacy: Privacy; quietHours: QuietHours };

export type PrivacyState = {
    settings: PrivacySettings;
    invitations: Invitations;
    quiet: QuietHoursSettings;
    /** The last change did not reach the server and was taken back. */
    failed: boolean;
};

export class PrivacyPage extends ViewModel<PrivacyState> {
    readonly #ground: PrivacyGround;

    constructor(ground: PrivacyGround) {
        const { privacy, quietHours } = ground;
        super({
            settings: privacy.settings.value,
            invitations: privacy.invitations.value,
            quiet: quietHours.settings.value,
            failed: false,
        });
        this.#ground = ground;
        this.follow(privacy.settings, (settings) => this.update({ settings }));
        this.follow(privacy.invitations, (invitations) => this.update({ invitations }));
        this.follow(quietHours.settings, (quiet) => this.update({ quiet }));
    }

    async change(change: Partial<PrivacySettings>): Promise<void> {
        await this.#try(() => this.#ground.privacy.change(change));
    }

    async allowInvitations(who: Invitations): Promise<void> {
        await this.#try(() => this.#ground.privacy.allowInvitations(who));
    }

    async quiet(change: Partial<QuietHoursSettings>): Promise<void> {
        await this.#try(() => this.#ground.quietHours.change(change));
    }

    async #try(work: () => Promise<void>): Promise<void> {
        this.update({ failed: false });
        try {
            await work();
        } catch {
            this.update({ failed: true });
        }
    }
}
