/* The pages that a link opens: asking to join a group, and beginning a chat with a person. */

import type { AskedGroups } from "../matrix/rooms/asked_groups.ts";
import type { Navigation } from "../platform/navigation.ts";
import type { Approach, Approached, ApproachProblem } from "./approach.ts";
import { ViewModel } from "./view_model.ts";

export type LinkPageState = {
    /** As the link says it: nobody has checked it. */
    name: string;
    /** `asked` waits for an admin. */
    step: "new" | "busy" | "asked";
    problem: ApproachProblem | null;
    /** A service that one is about to write to, and may still turn away from. */
    approached: Approached | null;
};

export class JoinPage extends ViewModel<LinkPageState> {
    readonly kind = "join";
    readonly #roomId: string;
    readonly #asked: AskedGroups;

    constructor(asked: AskedGroups, roomId: string, name: string) {
        super({ name, step: asked.has(roomId) ? "asked" : "new", problem: null, approached: null });
        this.#roomId = roomId;
        this.#asked = asked;
    }

    async ask(): Promise<void> {
        this.update({ step: "busy", problem: null });
        try {
            await this.#asked.ask(this.#roomId);
            this.update({ step: "asked" });
        } catch {
            this.update({ step: "new", problem: "failed" });
        }
    }
}

export class PersonPage extends ViewModel<LinkPageState> {
    readonly kind = "person";
    readonly #approach: Approach;
    readonly #navigation: Navigation;

    constructor(handle: string, { approach, navigation }: { approach: Approach; navigation: Navigation }) {
        super({ name: handle, step: "new", problem: null, approached: null });
        this.#approach = approach;
        this.#navigation = navigation;
    }

    async start(): Promise<void> {
        this.update({ step: "busy", problem: null });
        const reached = await this.#approach.to(this.value.name, null);
        if (typeof reached === "object" && "service" in reached)
            this.update({ step: "new", approached: reached.service });
        else this.#go(reached);
    }

    /** Begin the chat with the service that one has looked at. */
    async goOn(): Promise<ApproachProblem | null> {
        const { approached } = this.value;
        return approached === null ? null : this.#go(await this.#approach.goOn(approached, null));
    }

    /** Turn away from it: it has heard of nothing. */
    turnAway(): void {
        this.update({ approached: null });
    }

    #go(reached: { roomId: string } | ApproachProblem): ApproachProblem | null {
        if (typeof reached === "string") {
            this.update({ step: "new", problem: reached });
            return reached;
        }
        this.#navigation.go(["chats", reached.roomId], { replace: true });
        return null;
    }
}
