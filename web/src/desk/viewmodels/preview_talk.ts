/* A conversation with the service as it would speak with the edits: nothing of it is done, and nobody else hears it. */

import { ViewModel } from "../../viewmodels/view_model.ts";
import { type Edited, type FlowApi, GIVE_BACK, type PreviewMessage, type Problem } from "../api/flow_api.ts";
import { newest } from "./newest.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export type { PreviewMessage, Problem } from "../api/flow_api.ts";

export type PreviewState = {
    /** Null: the language in which the service begins. */
    language: string | null;
    /** As they were when the files were last right. */
    messages: readonly PreviewMessage[];
    /** The service has nothing more to say; another word begins anew. */
    ended: boolean;
    /** The staff have the chat, and the bot is silent. */
    withStaff: boolean;
    /** What is wrong with the files as they are. */
    problems: readonly Problem[];
    busy: boolean;
    trouble: Trouble | null;
};

type PreviewGround = {
    api: FlowApi;
    edited: () => Edited | null;
    wait: (ms: number) => Promise<void>;
};

/** Whoever types is not asked about in the middle of a word. */
const PAUSE_MS = 400;

const BEGINNING: PreviewState = {
    language: null,
    messages: [],
    ended: false,
    withStaff: false,
    problems: [],
    busy: false,
    trouble: null,
};

export class PreviewTalk extends ViewModel<PreviewState> {
    readonly #ground: PreviewGround;
    readonly #newest = newest();
    #said: readonly string[] = [];
    #edits = 0;

    constructor(ground: PreviewGround) {
        super(BEGINNING);
        this.#ground = ground;
    }

    /** The files are others now: hear what the same conversation is like. */
    async filesChanged(): Promise<void> {
        this.#edits += 1;
        const own = this.#edits;
        await this.#ground.wait(PAUSE_MS);
        if (own === this.#edits) await this.refresh();
    }

    /** Say something, or choose an option by its words. */
    async say(text: string): Promise<void> {
        const said = text.trim();
        if (said === "") return;
        this.#said = [...this.#said, said];
        await this.refresh();
    }

    /** What the staff do when they have helped. */
    giveBack(): Promise<void> {
        return this.say(GIVE_BACK);
    }

    /** Publishing found what trying did not. */
    blame(problems: readonly Problem[]): void {
        this.update({ problems });
    }

    async restart(): Promise<void> {
        this.#said = [];
        this.update({ messages: [], ended: false, withStaff: false });
        await this.refresh();
    }

    /** Have the same conversation in another language. */
    async speak(language: string | null): Promise<void> {
        this.update({ language });
        await this.restart();
    }

    async refresh(): Promise<void> {
        const edited = this.#ground.edited();
        if (edited === null) return;
        this.update({ busy: true });
        await this.#newest(
            this.#ground.api.preview(edited, { said: this.#said, language: this.value.language }),
            ({ problems, messages, ended, with_staff: withStaff }) => {
                const heard = problems.length > 0 ? {} : { messages, ended, withStaff };
                this.update({ problems, ...heard, busy: false, trouble: null });
            },
            (error) => this.update({ busy: false, trouble: troubleOf(error) }),
        );
    }
}
