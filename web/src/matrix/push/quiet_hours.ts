/* When notifications make no sound: from one time of day to another, every day, on each device by its own clock. */

import type { Followed, Stop } from "../../platform/observable.ts";
import { AccountSetting, type Form } from "../account/account_setting.ts";
import type { Session } from "../session/session.ts";

/** `from` and `to` are minutes after midnight; they may lie on both sides of it. */
export type QuietHoursSettings = { on: boolean; from: number; to: number };

const MINUTES_OF_DAY = 24 * 60;
const USUAL: QuietHoursSettings = { on: false, from: 22 * 60, to: 6 * 60 };

export const QUIET_HOURS: Form<QuietHoursSettings> = {
    type: "id.amanat.quiet_hours",
    read: (content) => ({
        on: content.on === true,
        from: minuteOf(content.from) ?? USUAL.from,
        to: minuteOf(content.to) ?? USUAL.to,
    }),
    write: ({ on, from, to }) => ({ on, from, to }),
};

function minuteOf(value: unknown): number | null {
    return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < MINUTES_OF_DAY ? value : null;
}

/** Whether it is to be quiet at a minute of the day. Pure. */
export function isQuiet({ on, from, to }: QuietHoursSettings, minute: number): boolean {
    if (!on) return false;
    return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}

/** The quiet hours of the account. */
export class QuietHours {
    readonly #setting: AccountSetting<QuietHoursSettings>;

    constructor(session: Session) {
        this.#setting = new AccountSetting(session, QUIET_HOURS);
    }

    get settings(): Followed<QuietHoursSettings> {
        return this.#setting.followed;
    }

    follow(): Stop {
        return this.#setting.follow();
    }

    async change(change: Partial<QuietHoursSettings>): Promise<void> {
        await this.#setting.set({ ...this.settings.value, ...change });
    }
}
