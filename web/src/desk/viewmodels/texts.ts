/* What the service says: its files, edits to them, trying them out, publishing them, going back. */

import type { Stop } from "../../platform/observable.ts";
import type { Area } from "../../platform/vault.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import type { Flow, FlowApi, Problem } from "../api/flow_api.ts";
import { Refused } from "../api/http.ts";
import { type Edits, edited, upon, written } from "./edits.ts";
import { inTurn } from "./in_turn.ts";
import { type Piece, pieces } from "./line_diff.ts";
import { newest } from "./newest.ts";
import { PreviewTalk } from "./preview_talk.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export type TextsState = {
    /** Null until it has come. */
    flow: Flow | null;
    /** The name of the file that is open. */
    open: string | null;
    edits: Edits;
    /** Somebody else has published since these edits were begun. */
    outdated: boolean;
    /** Files in which they changed the same lines as these edits, which stand. */
    overlaps: readonly string[];
    busy: boolean;
    trouble: Trouble | null;
    /** The version that was just published, or gone back to. */
    done: { what: "published" | "went_back"; version: string } | null;
};

export type TextsGround = {
    api: FlowApi;
    /** The service's id. */
    service: string;
    /** What it speaks; the first is what it begins in. */
    languages: readonly string[];
    kept: Area<Edits>;
    changed: (listener: () => void) => Stop;
    wait: (ms: number) => Promise<void>;
};

const NONE: Edits = { base: "", files: {} };

export class Texts extends ViewModel<TextsState> {
    readonly preview: PreviewTalk;
    readonly #ground: TextsGround;
    readonly #newest = newest();
    /** Keep what is edited. */
    readonly #keep = inTurn(() => this.#write());

    constructor(ground: TextsGround) {
        super({
            flow: null,
            open: null,
            edits: NONE,
            outdated: false,
            overlaps: [],
            busy: false,
            trouble: null,
            done: null,
        });
        this.#ground = ground;
        const edited = () => this.#edited();
        this.preview = new PreviewTalk({ api: ground.api, edited, wait: ground.wait });
        this.own(() => this.preview.dispose());
        this.own(ground.changed(() => this.refresh()));
        void this.#begin();
    }

    /** Read what is published now; edits stay what they are. */
    async refresh(): Promise<void> {
        await this.#newest(
            this.#ground.api.read(),
            (flow) => this.#take(flow),
            (error) => this.update({ trouble: troubleOf(error) }),
        );
    }

    open(name: string): void {
        this.update({ open: name });
    }

    /** Return what stands in a file, edited or not. */
    textOf(name: string): string {
        const { edits, flow } = this.value;
        return edits.files[name]?.now ?? flow?.files.find((file) => file.name === name)?.text ?? "";
    }

    write(name: string, text: string): void {
        const { flow, edits, outdated } = this.value;
        // On outdated files one writes no further: what would it be put upon?
        if (flow === null || outdated) return;
        this.#edit(written(edits, { name, text }, flow));
    }

    /** Throw away what was changed in a file. */
    discard(name: string): void {
        const { [name]: _, ...files } = this.value.edits.files;
        this.#edit({ ...this.value.edits, files });
    }

    /** Return what publishing would change, file by file. */
    changes(): { name: string; pieces: Piece[] }[] {
        const files = Object.entries(this.value.edits.files);
        return files.map(([name, { was, now }]) => ({ name, pieces: pieces(was, now) }));
    }

    /** Publish the edits; they stay where that is refused. */
    async publish(): Promise<boolean> {
        return this.#act(async () => {
            const { version } = await this.#ground.api.publish(edited(this.value.edits));
            this.#edit(NONE);
            this.update({ done: { what: "published", version }, overlaps: [] });
        });
    }

    /** Speak an earlier version again. */
    async back(version: string): Promise<boolean> {
        return this.#act(async () => {
            const spoken = await this.#ground.api.back(version);
            this.update({ done: { what: "went_back", version: spoken.version } });
        });
    }

    /** Put the edits upon what somebody else has published. */
    takeUp(): void {
        const { flow, edits } = this.value;
        if (flow === null) return;
        const both = upon(edits, flow);
        this.update({ outdated: false, overlaps: both.overlaps, trouble: null });
        this.#edit(both.edits);
    }

    async #act(act: () => Promise<void>): Promise<boolean> {
        this.update({ busy: true, trouble: null, done: null });
        try {
            await act();
            await this.refresh();
            return true;
        } catch (error) {
            this.update({ trouble: troubleOf(error) });
            if (error instanceof Refused) await this.#learn(error);
            return false;
        } finally {
            this.update({ busy: false });
        }
    }

    async #learn({ code, details }: Refused): Promise<void> {
        if (code === "CHANGED") await this.refresh();
        if (code === "REFUSED" && Array.isArray(details.problems)) this.preview.blame(details.problems as Problem[]);
    }

    async #begin(): Promise<void> {
        const kept = await this.#ground.kept.get(this.#ground.service).catch(() => undefined);
        if (kept !== undefined) this.update({ edits: kept });
        await this.refresh();
    }

    #take(flow: Flow): void {
        const { edits, open } = this.value;
        const untouched = Object.keys(edits.files).length === 0;
        const outdated = !untouched && edits.base !== flow.version;
        const shown = flow.files.some(({ name }) => name === open) ? open : firstToEdit(flow, this.#ground.languages);
        this.update({ flow, outdated, open: shown, edits: untouched ? { base: flow.version, files: {} } : edits });
        if (!outdated) void this.preview.refresh();
    }

    #edit(edits: Edits): void {
        this.update({ edits, done: null });
        void this.#keep();
        void this.preview.filesChanged();
    }

    async #write(): Promise<void> {
        const { kept, service } = this.#ground;
        const { edits } = this.value;
        const none = Object.keys(edits.files).length === 0;
        // A browser that keeps nothing publishes all the same.
        await (none ? kept.delete(service) : kept.put(service, edits)).catch(() => {});
    }

    #edited() {
        const { flow, edits, outdated } = this.value;
        return flow === null || outdated || edits.base === "" ? null : edited(edits);
    }
}

/** Texts are what is changed most, those in the first language before others. */
function firstToEdit({ files }: Flow, [first]: readonly string[]): string | null {
    const editable = files.filter((file) => file.editable);
    const text = editable.find(({ name }) => name === `texts/${first}.md`);
    return (text ?? editable[0] ?? files[0])?.name ?? null;
}
