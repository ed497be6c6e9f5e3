/* The desk from its first moment: who is here, and at which service's desk they sit. */

import type { Navigation } from "../../platform/navigation.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import { DeskApi, type Me, type ServiceInfo, signInAddress } from "../api/desk_api.ts";
import { asking, type Fetch, type Refused } from "../api/http.ts";
import type { Named } from "../api/terms.ts";
import type { Kept } from "./kept.ts";
import { ServiceDesk } from "./service_desk.ts";

export type { Me } from "../api/desk_api.ts";

/** Why somebody is at the door again. */
export const PROBLEMS = ["denied", "failed", "no_role", "ended"] as const;
export type Problem = (typeof PROBLEMS)[number];

export type DeskState =
    | { screen: "starting" }
    /** `doors`: a service of each server at which one can sign in. */
    | { screen: "sign_in"; doors: readonly Named[]; problem: Problem | null }
    | { screen: "offline" }
    /** Signed in, and without a role anywhere. */
    | { screen: "nothing"; me: Me }
    | { screen: "home"; me: Me; service: ServiceDesk };

export type DeskGround = {
    fetch: Fetch;
    navigation: Navigation;
    /** Go to an address outside of the app. */
    leave: (address: string) => void;
    openKept: (userId: string) => Promise<Kept>;
    mint: () => string;
    /** Return the date on the wall in a zone, as `2026-01-05`. */
    today: (zone: string) => string;
    now: () => number;
    wait: (ms: number, signal?: AbortSignal) => Promise<void>;
};

const REVIEW_AFTER_MS = 1_000;

export class Desk extends ViewModel<{ state: DeskState }> {
    readonly #ground: DeskGround;
    readonly #api: DeskApi;
    readonly #ask;
    #kept: Kept | null = null;
    #problem: Problem | null = null;

    constructor(ground: DeskGround) {
        super({ state: { screen: "starting" } });
        this.#ground = ground;
        this.#ask = asking(ground.fetch, (refusal) => this.#end(refusal));
        this.#api = new DeskApi(this.#ask);
        this.own(() => this.#close());
        this.own(ground.navigation.place.subscribe(() => this.#follow()));
    }

    /** Find out who is here; `problem` is what the gateway sent them back with. */
    async start(problem: string | null): Promise<void> {
        this.#problem = PROBLEMS.find((each) => each === problem) ?? null;
        this.update({ state: { screen: "starting" } });
        try {
            const me = await this.#api.me();
            this.#kept ??= await this.#ground.openKept(me.user_id);
            this.#sit(me);
        } catch {
            if (this.value.state.screen === "starting") this.update({ state: { screen: "offline" } });
        }
    }

    signIn(door: string): void {
        this.#ground.leave(signInAddress(door));
    }

    /** Leave nothing behind for whoever sits here next. */
    async signOut(): Promise<void> {
        await this.#api.signOut().catch(() => {});
        const kept = this.#kept;
        this.#close();
        this.update({ state: { screen: "starting" } });
        await kept?.destroy();
        this.#ground.navigation.go([], { replace: true });
        await this.start(null);
    }

    /** Sit down at another service's desk. */
    change(service: string): void {
        this.#ground.navigation.go([service]);
    }

    /** Take the desk that the address names, or the first. */
    #sit(me: Me): void {
        const [named] = this.#ground.navigation.place.value;
        const info = me.services.find(({ id }) => id === named) ?? me.services[0];
        this.#leaveService();
        if (info === undefined) {
            this.update({ state: { screen: "nothing", me } });
            return;
        }
        if (info.id !== named) this.#ground.navigation.go([info.id], { replace: true });
        this.update({ state: { screen: "home", me, service: this.#serve(info) } });
    }

    #follow(): void {
        const { state } = this.value;
        const [named] = this.#ground.navigation.place.value;
        if (state.screen === "home" && named !== state.service.info.id) this.#sit(state.me);
    }

    #serve(info: ServiceInfo): ServiceDesk {
        const { navigation, mint, today, now, wait } = this.#ground;
        if (this.#kept === null) throw new Error("Nobody sits down before it is known who they are.");
        const api = this.#api.service(info.id);
        const review = (how: { barred: boolean }) => void this.#review(how);
        return new ServiceDesk({ api, info, kept: this.#kept, navigation, mint, today, now, wait, review });
    }

    /** Roles may be others now: whoever has another, or was barred, sits down anew. */
    async #review({ barred }: { barred: boolean }): Promise<void> {
        // A gateway that bars whom it says it knows is not to be asked without end.
        if (barred) await this.#ground.wait(REVIEW_AFTER_MS);
        const { state } = this.value;
        if (state.screen !== "home") return;
        try {
            const me = await this.#api.me();
            const roleIn = ({ services }: Me) => services.map(({ id, role }) => `${id} ${role}`).join();
            if (barred || roleIn(me) !== roleIn(state.me)) this.#sit(me);
        } catch {
            // The pulse goes on, and says whether there is a connection.
        }
    }

    /** Whoever is no longer signed in goes to the door; what they were about to say stays. */
    #end({ details }: Refused): void {
        const wasHere = this.#kept !== null;
        this.#close();
        const doors = Array.isArray(details.doors) ? (details.doors as Named[]) : [];
        const problem = this.#problem ?? (wasHere ? "ended" : null);
        this.update({ state: { screen: "sign_in", doors, problem } });
        // Only `/me` says where the doors are.
        if (doors.length === 0 && wasHere) void this.start("ended");
    }

    #close(): void {
        this.#leaveService();
        this.#kept?.close();
        this.#kept = null;
    }

    #leaveService(): void {
        const { state } = this.value;
        if (state.screen === "home") state.service.dispose();
    }
}
