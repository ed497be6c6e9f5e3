/* The pages that a link opens: asking to join a group, and beginning a chat with a person. */

import type { AskedGroups } from "../matrix/rooms/asked_groups.ts";
import type { Navigation } from "../platform/navigation.ts";
import type { Approach, Approached, ApproachProblem, LookedUp } from "./approach.ts";
import type { GroupLink } from "./group_link.ts";
import { beginningOf, type LinkText } from "./link_text.ts";
import type { LinkWords } from "./link_words.ts";
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

export type PersonPageState = LinkPageState & {
    /** What the link wants to have said. Nothing of it is sent before somebody presses. */
    said: LinkText | null;
    /** There is a chat with them. */
    known: boolean;
};

export type PersonPageGround = {
    approach: Approach;
    navigation: Navigation;
    words: LinkWords;
};

export class JoinPage extends ViewModel<LinkPageState> {
    readonly kind = "join";
    readonly #roomId: string;
    readonly #said: string | null;
    readonly #asked: AskedGroups;

    constructor(asked: AskedGroups, roomId: string, { name, said }: GroupLink) {
        super({ name, step: "new", problem: null, approached: null });
        this.#roomId = roomId;
        this.#said = said;
        this.#asked = asked;
        // Whoever is turned away while they look may ask again.
        this.follow(asked.groups, (groups) => {
            if (this.value.step !== "busy") this.update({ step: groups.has(roomId) ? "asked" : "new" });
        });
    }

    async ask(): Promise<void> {
        this.update({ step: "busy", problem: null });
        try {
            await this.#asked.ask(this.#roomId, this.#said);
            this.update({ step: "asked" });
        } catch {
            this.update({ step: "new", problem: "failed" });
        }
    }
}

export class PersonPage extends ViewModel<PersonPageState> {
    readonly kind = "person";
    readonly #ground: PersonPageGround;
    #lookedUp: LookedUp | null = null;

    constructor(handle: string, said: LinkText | null, ground: PersonPageGround) {
        super({ name: handle, step: "new", problem: null, approached: null, said, known: false });
        this.#ground = ground;
        // Whoever is linked with words sees at once to whom they would go.
        if (said !== null) void this.#look();
    }

    async start(): Promise<void> {
        const { name, said } = this.value;
        if (said !== null) return this.#lookedUp === null ? this.#look() : void (await this.goOn());
        this.update({ step: "busy", problem: null });
        const reached = await this.#ground.approach.to(name, null);
        if (typeof reached === "object" && "service" in reached)
            this.update({ step: "new", approached: reached.service });
        else this.#go(reached);
    }

    /** Begin the chat with whom one has looked at, and say there what the link said, or have it begun. */
    async goOn(): Promise<ApproachProblem | null> {
        const { approached } = this.value;
        const said = this.value.said ?? beginningOf(approached);
        const person = approached ?? this.#lookedUp?.person;
        if (person === undefined) return null;
        this.update({ step: "busy", problem: null });
        const roomId = this.#lookedUp?.roomId;
        const reached = roomId === undefined ? await this.#ground.approach.goOn(person, null) : { roomId };
        if (typeof reached === "string" || said === null) return this.#go(reached);
        // Should the rest fail, the chat is there when one presses again.
        if (this.#lookedUp !== null) this.#lookedUp = { ...this.#lookedUp, ...reached };
        return this.#go(await this.#say(reached, said));
    }

    /** Turn away from it: it has heard of nothing. */
    turnAway(): void {
        if (this.value.said === null) this.update({ approached: null });
        else this.#ground.navigation.go(["chats"], { replace: true });
    }

    async #look(): Promise<void> {
        this.update({ step: "busy", problem: null });
        const found = await this.#ground.approach.look(this.value.name);
        if (typeof found === "string") return void this.#go(found);
        this.#lookedUp = found;
        const { service, roomId } = found;
        // Words that are only begun need no further look where one chats already.
        const starts = service !== null && this.value.said?.kind === "start";
        if (roomId !== undefined && !starts) return void (await this.goOn());
        this.update({ step: "new", approached: service, known: roomId !== undefined });
    }

    async #say(chat: { roomId: string }, said: LinkText): Promise<{ roomId: string } | ApproachProblem> {
        const { words } = this.#ground;
        try {
            // Only a service is started; to a person it would be a word that nobody has chosen.
            if (said.kind === "start" && this.value.approached !== null) await words.send(chat.roomId, said);
            else await words.begin(chat.roomId, said);
            return chat;
        } catch {
            return "failed";
        }
    }

    #go(reached: { roomId: string } | ApproachProblem): ApproachProblem | null {
        if (typeof reached === "string") {
            this.update({ step: "new", problem: reached });
            return reached;
        }
        this.#ground.navigation.go(["chats", reached.roomId], { replace: true });
        return null;
    }
}
