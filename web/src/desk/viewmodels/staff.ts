/* Who works at the desk, and what was done there. */

import type { Stop } from "../../platform/observable.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Act, Member, StaffApi } from "../api/staff_api.ts";
import type { Role } from "../api/terms.ts";
import { acting } from "./acting.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export type { Member } from "../api/staff_api.ts";
export { ROLES, type Role } from "../api/terms.ts";

export type StaffState = {
    /** Null until they have come. */
    staff: readonly Member[] | null;
    trail: readonly Act[] | null;
    /** There is nothing older in the trail. */
    whole: boolean;
    busy: boolean;
    trouble: Trouble | null;
};

export type StaffGround = {
    api: StaffApi;
    /** The service's own id, whose server a short name belongs to. */
    serviceUserId: string;
    changed: (listener: () => void) => Stop;
};

export class Staff extends ViewModel<StaffState> {
    readonly #ground: StaffGround;

    constructor(ground: StaffGround) {
        super({ staff: null, trail: null, whole: false, busy: false, trouble: null });
        this.#ground = ground;
        this.own(ground.changed(() => this.refresh()));
        void this.refresh();
    }

    async refresh(): Promise<void> {
        try {
            const [staff, trail] = await Promise.all([this.#ground.api.list(), this.#ground.api.trail()]);
            this.update({ staff, trail, whole: trail.length === 0, trouble: null });
        } catch (error) {
            this.update({ trouble: troubleOf(error) });
        }
    }

    /** Let somebody in by their user name, with or without their server. */
    add(typed: string, role: Role): Promise<boolean> {
        const name = typed.trim().replace(/^@/, "");
        if (name === "") return Promise.resolve(false);
        const server = this.#ground.serviceUserId.split(":").slice(1).join(":");
        const userId = name.includes(":") ? `@${name}` : `@${name}:${server}`;
        return this.#act(() => this.#ground.api.put(userId, role));
    }

    change(userId: string, role: Role): Promise<boolean> {
        return this.#act(() => this.#ground.api.put(userId, role));
    }

    remove(userId: string): Promise<boolean> {
        return this.#act(() => this.#ground.api.remove(userId));
    }

    /** Bring what was done before. */
    async older(): Promise<void> {
        const before = this.value.trail?.at(-1)?.position;
        if (before === undefined || this.value.busy) return;
        await acting(
            (change) => this.update(change),
            async () => {
                const older = await this.#ground.api.trail(before);
                this.update({ trail: [...(this.value.trail ?? []), ...older], whole: older.length === 0 });
            },
        );
    }

    #act(act: () => Promise<void>): Promise<boolean> {
        return acting(
            (change) => this.update(change),
            async () => {
                await act();
                await this.refresh();
            },
        );
    }
}
