/* The pages that a link opens: asking to join a group, and beginning a chat with a person. */

import type { AskedGroups } from "../matrix/rooms/asked_groups.ts";
import { NobodyFound, startChat } from "../matrix/rooms/new_chat.ts";
import type { Session } from "../matrix/session/session.ts";
import type { Navigation } from "../platform/navigation.ts";
import { ViewModel } from "./view_model.ts";

export type LinkPageState = {
    /** As the link says it: nobody has checked it. */
    name: string;
    /** `asked` waits for an admin. */
    step: "new" | "busy" | "asked";
    problem: "nobody" | "failed" | null;
};

export class JoinPage extends ViewModel<LinkPageState> {
    readonly kind = "join";
    readonly #roomId: string;
    readonly #asked: AskedGroups;

    constructor(asked: AskedGroups, roomId: string, name: string) {
        super({ name, step: asked.has(roomId) ? "asked" : "new", problem: null });
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
    readonly #session: Session;
    readonly #navigation: Navigation;

    constructor(session: Session, handle: string, navigation: Navigation) {
        super({ name: handle, step: "new", problem: null });
        this.#session = session;
        this.#navigation = navigation;
    }

    async start(): Promise<void> {
        this.update({ step: "busy", problem: null });
        try {
            const roomId = await startChat(this.#session, this.value.name);
            this.#navigation.go(["chats", roomId], { replace: true });
        } catch (error) {
            this.update({ step: "new", problem: error instanceof NobodyFound ? "nobody" : "failed" });
        }
    }
}
