/* The folder from which a service speaks: its files, what is wrong with them, how it would talk, what is published.
 * Fields are named as they travel. */

import type { Ask } from "./http.ts";

export type FlowFile = { name: string; text: string; editable: boolean };

export type FlowVersion = { version: string; ts: number; current: boolean };

export type Flow = { version: string; versions: FlowVersion[]; files: FlowFile[] };

export type Problem = { file: string; line: number; message: string };

export type PreviewOption = { id: string; label: string; description: string };

export type PreviewMessage = { from: "person" | "service"; text: string; options: PreviewOption[] };

/** `with_staff`: the bot waits until the staff give the chat back, for which `GIVE_BACK` is said. */
export type Preview = { problems: Problem[]; messages: PreviewMessage[]; ended: boolean; with_staff: boolean };

export const GIVE_BACK = "/done";

/** A file's new text; null takes the file away. */
export type FileChanges = Readonly<Record<string, string | null>>;

/** Files as they would be: `base` is the version that is spoken where they were changed. */
export type Edited = { base: string; changes: FileChanges };

export class FlowApi {
    readonly #ask: Ask;
    readonly #root: string;

    constructor(ask: Ask, root: string) {
        this.#ask = ask;
        this.#root = `${root}/flow`;
    }

    read(): Promise<Flow> {
        return this.#ask("GET", this.#root);
    }

    /** Hear what the service would answer to all that a person `said`, one after the other. */
    preview(edited: Edited, talk: { said: readonly string[]; language: string | null }): Promise<Preview> {
        return this.#ask("POST", `${this.#root}/preview`, { body: { ...edited, ...talk } });
    }

    /** Refused as `REFUSED` with problems, as `CHANGED` where another version is spoken than `base`. */
    publish(edited: Edited): Promise<{ version: string }> {
        return this.#ask("POST", `${this.#root}/publish`, { body: edited });
    }

    /** Speak an earlier version again. */
    back(version: string): Promise<{ version: string }> {
        return this.#ask("POST", `${this.#root}/back`, { body: { version } });
    }
}
