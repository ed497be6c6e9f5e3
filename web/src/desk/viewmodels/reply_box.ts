/* What is being written to a person: the draft, what is on its way, and what the office says often. */

import type { Area } from "../../platform/vault.ts";
import { ViewModel } from "../../viewmodels/view_model.ts";
import { Refused } from "../api/http.ts";
import type { QuickReply, Saying } from "../api/inbox_api.ts";
import { inTurn } from "./in_turn.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

export type { QuickReply } from "../api/inbox_api.ts";

/** As long as the gateway takes. */
export const MOST_CHARACTERS = 4_000;

/** The status that asks for patience, and refuses nothing. */
const TOO_FAST = 429;

/** What outlives a reload. */
export type Draft = { text: string; waiting: readonly Saying[] };

/** A reply that does not stand among the lines yet. `position`: where it will, once the gateway has it. */
export type Pending = Saying & { state: "sending" | "failed" | "sent"; position: number | null };

export type ReplyBoxState = {
    text: string;
    pending: readonly Pending[];
    /** What the office says often and what was typed after "/" fits to; null where nothing is looked for. */
    picks: readonly QuickReply[] | null;
    /** The place among the picks that Enter takes. */
    chosen: number;
    /** Why the gateway did not take a reply, whose text is in the field again. */
    trouble: Trouble | null;
};

export type ReplyGround = {
    send: (saying: Saying) => Promise<{ position: number }>;
    quickReplies: () => Promise<readonly QuickReply[]>;
    drafts: Area<Draft>;
    /** The draft's place in its area. */
    key: string;
    /** Return an id that nobody had before. */
    mint: () => string;
    /** The language that the person speaks with the office. */
    language: () => string;
};

export class ReplyBox extends ViewModel<ReplyBoxState> {
    readonly #ground: ReplyGround;
    #often: readonly QuickReply[] = [];
    /** Beside the state, which stands still once nobody looks: what is on its way goes on, and is kept. */
    #text = "";
    #pending: readonly Pending[] = [];
    #sending = false;
    /** Keep what is written and what waits. */
    readonly #keep = inTurn(() => this.#write());

    constructor(ground: ReplyGround) {
        super({ text: "", pending: [], picks: null, chosen: 0, trouble: null });
        this.#ground = ground;
        void this.#takeUp();
        ground.quickReplies().then(
            (often) => {
                this.#often = often;
            },
            () => {},
        );
    }

    write(text: string): void {
        const picks = text.startsWith("/") && !text.includes("\n") ? this.#fitting(text.slice(1)) : null;
        this.#text = text;
        this.update({ text, picks, chosen: 0, trouble: null });
        void this.#keep();
    }

    /** Go up or down among the picks. */
    step(by: number): void {
        const count = this.value.picks?.length ?? 0;
        if (count > 0) this.update({ chosen: (this.value.chosen + by + count) % count });
    }

    /** Take what the office says often into the field, where it can be changed. */
    pick(reply: QuickReply): void {
        this.write(reply.text[this.#ground.language()] ?? Object.values(reply.text)[0] ?? "");
    }

    closePicks(): void {
        this.update({ picks: null });
    }

    /** Say what stands in the field. */
    async send(): Promise<void> {
        const text = this.#text.trim();
        if (text === "" || text.length > MOST_CHARACTERS) return;
        this.#text = "";
        this.update({ text: "", picks: null, trouble: null });
        this.#queue([...this.#pending, { text, txn_id: this.#ground.mint(), state: "sending", position: null }]);
        await this.#keep();
        await this.#work();
    }

    /** Send again what did not go; the gateway says it once, however often it is asked. */
    async retry(): Promise<void> {
        this.#mark("failed", "sending");
        await this.#work();
    }

    /** The lines have come: what stands among them is no longer pending. */
    settle(positions: ReadonlySet<number>): void {
        this.#queue(this.#pending.filter(({ position }) => position === null || !positions.has(position)));
    }

    /** One after the other, in the order in which they were written. */
    async #work(): Promise<void> {
        if (this.#sending) return;
        this.#sending = true;
        try {
            for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#sendOne(next);
        } catch (error) {
            if (error instanceof Refused && error.status !== TOO_FAST) await this.#takeBack(troubleOf(error));
            else this.#mark("sending", "failed");
        } finally {
            this.#sending = false;
        }
    }

    #next(): Pending | undefined {
        return this.#pending.find(({ state }) => state === "sending");
    }

    async #sendOne({ text, txn_id }: Pending): Promise<void> {
        const { position } = await this.#ground.send({ text, txn_id });
        this.#queue(
            this.#pending.map((each) => (each.txn_id === txn_id ? { ...each, state: "sent", position } : each)),
        );
        await this.#keep();
    }

    /** What will never be taken is the writer's again. */
    async #takeBack(trouble: Trouble): Promise<void> {
        const refused = this.#pending.filter(({ state }) => state !== "sent").map(({ text }) => text);
        this.#text = [...refused, this.#text].filter(Boolean).join("\n");
        this.update({ text: this.#text, trouble });
        this.#queue(this.#pending.filter(({ state }) => state === "sent"));
        await this.#keep();
    }

    #mark(from: Pending["state"], to: Pending["state"]): void {
        this.#queue(this.#pending.map((each) => (each.state === from ? { ...each, state: to } : each)));
    }

    #queue(pending: readonly Pending[]): void {
        this.#pending = pending;
        this.update({ pending });
    }

    #fitting(typed: string): readonly QuickReply[] {
        const wanted = typed.trim().toLocaleLowerCase();
        const says = ({ title, text }: QuickReply) => [...Object.values(title), ...Object.values(text)];
        return this.#often.filter((reply) => says(reply).some((each) => each.toLocaleLowerCase().includes(wanted)));
    }

    async #write(): Promise<void> {
        const waiting = this.#pending
            .filter(({ state }) => state !== "sent")
            .map(({ text, txn_id }) => ({ text, txn_id }));
        const { drafts, key } = this.#ground;
        const idle = this.#text === "" && waiting.length === 0;
        // A browser that keeps nothing sends all the same.
        await (idle ? drafts.delete(key) : drafts.put(key, { text: this.#text, waiting })).catch(() => {});
    }

    /** What was under way when the window was closed may have arrived; asking again says it once. */
    async #takeUp(): Promise<void> {
        const kept = await this.#ground.drafts.get(this.#ground.key).catch(() => undefined);
        if (kept === undefined) return;
        this.#text ||= kept.text;
        this.update({ text: this.#text });
        const waiting = kept.waiting.map((saying) => ({ ...saying, state: "sending" as const, position: null }));
        this.#queue([...waiting, ...this.#pending]);
        await this.#work();
    }
}
