/* Tells a member of staff whose page is open somewhere behind others that somebody waits: how many, and no more. */

import type { PageNotices } from "../../platform/page_notices.ts";
import type { Area } from "../../platform/vault.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";

export type BellState = {
    /** Whoever sits here wants to be told. */
    on: boolean;
    /** The browser was told to show nothing of this page. */
    denied: boolean;
};

export type BellGround = {
    notices: PageNotices;
    kept: Area<boolean>;
    /** The service, of which one notification at a time is shown. */
    service: string;
    /** Open the inbox. */
    open: () => void;
};

const KEY = "waiting";

export class WaitingBell extends ViewModel<BellState> {
    readonly #ground: BellGround;
    readonly available: boolean;
    #waiting = 0;
    #away = () => {};

    constructor(ground: BellGround) {
        const permission = ground.notices.permission();
        super({ on: false, denied: permission === "denied" });
        this.#ground = ground;
        this.available = permission !== "none";
        this.own(() => this.#away());
        void this.#recall();
    }

    /** Tell from now on, or no longer; the browser asks for leave the first time. */
    async turn(on: boolean): Promise<void> {
        const { notices, kept } = this.#ground;
        const granted = on && (notices.permission() === "granted" || (await notices.ask()));
        this.update({ on: granted, denied: notices.permission() === "denied" });
        // A browser that keeps nothing tells until the page is closed.
        await kept.put(KEY, granted).catch(() => {});
    }

    /** So many wait now, said in the words of whoever sits here. */
    ring({ waiting, title, body }: { waiting: number; title: string; body: string }): void {
        const more = waiting > this.#waiting;
        this.#waiting = waiting;
        const { notices, service, open } = this.#ground;
        if (waiting === 0 || notices.watched()) this.#away();
        else if (more && this.value.on) this.#away = notices.show({ tag: service, title, body, chosen: open });
    }

    async #recall(): Promise<void> {
        const wanted = await this.#ground.kept.get(KEY).catch(() => undefined);
        if (wanted && this.#ground.notices.permission() === "granted") this.update({ on: true });
    }
}
