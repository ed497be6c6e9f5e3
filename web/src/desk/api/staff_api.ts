/* Who works at a service's desk, and what was done there. Fields are named as they travel. */

import type { Ask } from "./http.ts";
import type { Role } from "./terms.ts";

export type Member = { user_id: string; name: string; role: Role };

export type Act = { position: number; ts: number; who: string; who_name: string; what: string; about: string };

export class StaffApi {
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, root: string) {
        this.#ask = ask;
        this.#root = root;
    }

    async list(): Promise<Member[]> {
        return (await this.#ask<{ staff: Member[] }>("GET", `${this.#root}/staff`)).staff;
    }

    /** Let somebody in, or give them another role. */
    put(userId: string, role: Role): Promise<void> {
        return this.#ask("PUT", this.#member(userId), { body: { role } });
    }

    /** Refused as `LAST_LEAD` where nobody could let anybody in again. */
    remove(userId: string): Promise<void> {
        return this.#ask("DELETE", this.#member(userId));
    }

    /** Return what was done, the newest first, or what was done before. */
    async trail(before?: number): Promise<Act[]> {
        const from = before === undefined ? "" : `?before=${before}`;
        return (await this.#ask<{ acts: Act[] }>("GET", `${this.#root}/trail${from}`)).acts;
    }

    #member(userId: string): string {
        return `${this.#root}/staff/${encodeURIComponent(userId)}`;
    }
}
