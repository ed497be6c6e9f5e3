/* A bot, as the gateway tells of it: how its program is doing, what was delivered, its tokens. Fields are named as they
 * travel; times in ms. */

import type { Ask } from "./http.ts";

export const SCOPES = ["read", "write", "manage"] as const;
export type Scope = (typeof SCOPES)[number];

export type BotState = {
    about: { name: string; api: string; username: string; number: number };
    /** Where what people say is sent on to; null: the bot fetches it. `since_ts` is 0 where nobody noted it. */
    webhook: { url: string; since_ts: number } | null;
    /** Updates that its program does not have yet. */
    waiting: number;
    /** `status` 0: there was no answer, and `reason` says why. */
    last_failure: { ts: number; status: number; reason: string } | null;
};

/** `gone`: it waits no more; it was fetched without the webhook, say. `failed`: a test, which is tried once. */
export type TryState = "delivered" | "retried" | "waits" | "given_up" | "gone" | "failed";

/** The kind of what tells of nothing. */
export const TEST = "test";

/** One try to deliver an update. */
export type Try = {
    position: number;
    update: number;
    kind: string;
    ts: number;
    took_ms: number;
    status: number;
    reason: string;
    state: TryState;
};

/** What a try brought and what it was answered. */
export type OpenedTry = { body: string; answer: string };

export type Token = {
    label: string;
    scopes: Scope[];
    since: number;
    /** When it ends or has ended; null: when it is revoked. */
    until: number | null;
    used: number | null;
    holds: boolean;
};

/** `hours`: null for until it is revoked. */
export type WantedToken = { label: string; scopes: readonly Scope[]; hours: number | null };

export class BotApi {
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, root: string) {
        this.#ask = ask;
        this.#root = `${root}/bot`;
    }

    state(): Promise<BotState> {
        return this.#ask("GET", this.#root);
    }

    async tries(): Promise<Try[]> {
        return (await this.#ask<{ deliveries: Try[] }>("GET", `${this.#root}/deliveries`)).deliveries;
    }

    /** Deliver an update that tells of nothing, once: how it went stands among the tries. */
    test(): Promise<void> {
        return this.#ask("POST", `${this.#root}/deliveries`);
    }

    /** Show what people wrote: the trail says who looked. */
    open(position: number): Promise<OpenedTry> {
        return this.#ask("GET", `${this.#root}/deliveries/${position}`);
    }

    /** Deliver the same once more. */
    replay(position: number): Promise<void> {
        return this.#ask("POST", `${this.#root}/deliveries/${position}/replay`);
    }

    async tokens(): Promise<Token[]> {
        return (await this.#ask<{ tokens: Token[] }>("GET", `${this.#root}/tokens`)).tokens;
    }

    /** Make a token and return it, which nobody is told again. */
    async add(wanted: WantedToken): Promise<string> {
        return (await this.#ask<{ token: string }>("POST", `${this.#root}/tokens`, { body: wanted })).token;
    }

    revoke(label: string): Promise<void> {
        return this.#ask("DELETE", `${this.#root}/tokens/${encodeURIComponent(label)}`);
    }
}
