/* What is being written in a chat: a text, what it answers or replaces, whom it names, and what to think about first. */

import type { Command } from "../matrix/label/introduction.ts";
import type { ChatActs, Person } from "../matrix/sending/chat_acts.ts";
import { type Drafts, EMPTY, type Mode, withoutMode } from "../matrix/sending/drafts.ts";
import type { Outbox } from "../matrix/sending/outbox.ts";
import { makesSense, type NewPoll, pollDraft, tidied } from "../matrix/sending/polls_sending.ts";
import type { TypingNotice } from "../matrix/sending/typing.ts";
import { type Warning, warningOf } from "../matrix/sending/warnings.ts";
import {
    bytesLeft,
    editDraft,
    type Named,
    type Place,
    reworded,
    standing,
    textDraft,
    type Where,
} from "../matrix/sending/written.ts";
import { lineOf, type Message } from "../matrix/timeline/message.ts";
import type { Product } from "../matrix/timeline/products.ts";
import { ViewModel } from "./view_model.ts";

export { MAX_ANSWERS, MAX_POLL_TEXT } from "../matrix/sending/polls_sending.ts";

/** People who could be meant by what stands before the caret; `at` is where their @ stands. */
export type Suggestions = { at: number; people: readonly Person[]; chosen: number };

/** Words of the bot that begin as the text does, which begins with a `/`. */
export type Commands = { list: readonly Command[]; chosen: number };

export type ComposerState = {
    text: string;
    mode: Mode;
    suggestions: Suggestions | null;
    commands: Commands | null;
    /** Something to think about before this text is sent. */
    warning: Warning | null;
    /** How much more fits, once that is little; negative where it is too much. */
    left: number | null;
    /** What was written could not be kept, and is still here. */
    failed: boolean;
    /** Grows when something was begun elsewhere that is gone on with here: the field takes the focus. */
    summons: number;
};

export type ComposerGround = {
    acts: ChatActs;
    outbox: Outbox;
    drafts: Drafts;
    typing: TypingNotice;
    /** The message from which the branch grows that is open; null in the chat itself. */
    branch: string | null;
    /** Return the words that the bot one chats with knows; none with who is no bot. */
    commands: () => Promise<readonly Command[]>;
    /** Return the newest message of one's own that can be edited. */
    lastOwn: () => Message | null;
};

const MAX_PEOPLE = 6;
const MAX_COMMANDS = 8;
/** What a bot is told to do stands at the beginning, and is one word so far. */
const COMMAND = /^\/([\w-]{0,32})$/;
/** From here on it is said how much more fits. */
const LITTLE_LEFT = 500;

export class Composer extends ViewModel<ComposerState> implements Where {
    readonly #ground: ComposerGround;
    readonly #place: string;
    #named: readonly Named[] = [];

    constructor(ground: ComposerGround) {
        super({ ...EMPTY, suggestions: null, commands: null, warning: null, left: null, failed: false, summons: 0 });
        this.#ground = ground;
        this.#place = ground.branch === null ? ground.acts.roomId : `${ground.acts.roomId} ${ground.branch}`;
        void ground.drafts.ready.then(() => this.#resume());
        this.own(ground.acts.onGone((eventIds) => this.#forget(eventIds)));
        this.own(() => ground.typing.stopped());
        this.own(() => void ground.drafts.flush());
    }

    /** The text has become another; the caret stands behind `caret` characters. */
    type(text: string, caret: number): void {
        if (text === "") this.#ground.typing.stopped();
        else if (text !== this.value.text) this.#ground.typing.typed();
        this.#write({ text });
        this.#suggest(text, caret);
        void this.#offer();
    }

    /** Write the command that is chosen; returns where the caret goes then. */
    command({ name }: Command): number {
        const text = `/${name} `;
        this.#write({ text });
        this.update({ commands: null });
        return text.length;
    }

    /** Name the person who is chosen among the suggestions; returns where the caret goes then. */
    name(person: Person): number {
        const { suggestions, text } = this.value;
        if (suggestions === null) return text.length;
        const before = `${text.slice(0, suggestions.at)}@${person.name} `;
        const rest = text.slice(suggestions.at).replace(/^@\S*\s?/, "");
        this.#named = [...this.#named, { userId: person.userId, name: person.name }];
        this.update({ suggestions: null });
        this.#write({ text: before + rest });
        return before.length;
    }

    /** Choose the suggestion above or below. */
    choose(by: 1 | -1): void {
        const { suggestions, commands } = this.value;
        if (commands !== null) {
            const { list, chosen } = commands;
            this.update({ commands: { list, chosen: (chosen + by + list.length) % list.length } });
        }
        if (suggestions === null) return;
        const { people, chosen } = suggestions;
        this.update({ suggestions: { ...suggestions, chosen: (chosen + by + people.length) % people.length } });
    }

    closeSuggestions(): void {
        this.update({ suggestions: null, commands: null });
    }

    /** Put something, an emoji say, where the caret stands; returns where it goes then. */
    insert(what: string, from: number, to = from): number {
        const { text } = this.value;
        this.#write({ text: text.slice(0, from) + what + text.slice(to) });
        return from + what.length;
    }

    /** Answer a message, or ask about one thing that it sells. */
    reply({ id, senderId, senderName, body, stay }: Message, product?: Product): void {
        const about = product === undefined ? { text: lineOf(body) } : { text: product.title, productId: product.id };
        const kept = this.value.mode.kind === "edit" ? { text: "" } : {};
        this.#write({ ...kept, mode: { kind: "reply", to: { id, senderId, senderName, ...about }, ...untilOf(stay) } });
        this.summon();
    }

    edit({ id, key, body, mentions, stay }: Message): void {
        if (body.kind !== "text") return;
        this.#named = mentions.map(({ userId, name }) => ({ userId, name }));
        this.#write({ text: body.text, mode: { kind: "edit", id, key, before: body.text, ...untilOf(stay) } });
        this.summon();
    }

    /** Have the field take the focus. */
    summon(): void {
        this.update({ summons: this.value.summons + 1 });
    }

    /** Edit what one said last; false if there is nothing, or something is being written. */
    editLast(): boolean {
        const { text, mode } = this.value;
        const last = text === "" && mode.kind === "new" ? this.#ground.lastOwn() : null;
        if (last !== null) this.edit(last);
        return last !== null;
    }

    /** Answer nothing, edit nothing. */
    leaveMode(): void {
        const { text, mode } = withoutMode({ ...this.value, named: this.#named });
        this.#write({ text, mode });
    }

    dismissWarning(): void {
        this.update({ warning: null });
    }

    /** Send what is written, unless there is something to think about first. */
    async send({ thoughtAbout = false } = {}): Promise<void> {
        const { mode } = this.value;
        const text = this.value.text.trim();
        if (text === "" || bytesLeft(text) < 0) return;
        const warning = thoughtAbout ? null : warningOf(text, this.#ground.acts.recipient());
        this.update({ warning, suggestions: null, commands: null });
        if (warning !== null) return;
        const before = { ...this.value, named: this.#named };
        // The field is empty at once: what is typed from here on is the next message.
        this.#named = [];
        this.#write(EMPTY);
        this.#ground.typing.stopped();
        try {
            await this.#deliver(text, mode, before.named);
        } catch {
            this.#named = before.named;
            this.#write({ text: before.text, mode });
            this.update({ failed: true });
        }
    }

    get roomId(): string {
        return this.#ground.acts.roomId;
    }

    get place(): Place {
        const { mode } = this.value;
        return { replyTo: mode.kind === "reply" ? mode.to : null, branch: this.#ground.branch };
    }

    /** Say something that one need not write, and leave what is being written as it is. */
    async say(text: string): Promise<void> {
        const { outbox, acts, branch } = this.#ground;
        await outbox.add(acts.roomId, textDraft(text, { replyTo: null, branch, named: [] }));
    }

    /** What was chosen to be answered is answered by something else than this text. */
    answered(): void {
        if (this.value.mode.kind === "reply") this.leaveMode();
    }

    /** Ask a poll; false if it makes no sense yet. */
    async ask(poll: NewPoll): Promise<boolean> {
        const tidy = tidied(poll);
        if (!makesSense(tidy)) return false;
        const { type, content } = pollDraft(tidy);
        await this.#ground.outbox.add(this.roomId, { type, content: { ...content, ...standing(this.place) } });
        this.answered();
        return true;
    }

    async #deliver(text: string, mode: Mode, named: readonly Named[]): Promise<void> {
        const { outbox, acts, branch } = this.#ground;
        if (mode.kind !== "edit") {
            const replyTo = mode.kind === "reply" ? mode.to : null;
            await outbox.add(acts.roomId, textDraft(text, { replyTo, branch, named }));
            return;
        }
        if (text === mode.before) return;
        const queued = outbox.find(mode.key);
        // What nobody was given yet is changed where it waits.
        if (queued !== undefined && (await outbox.change(mode.key, reworded(queued.draft, text, named)))) return;
        const eventId = acts.eventIdOf(mode);
        if (eventId === null) throw new Error("It is on its way just now.");
        await outbox.add(acts.roomId, editDraft(eventId, text, named));
    }

    /** Offer the bot's words that begin as the text does. */
    async #offer(): Promise<void> {
        const begun = COMMAND.exec(this.value.text)?.[1];
        if (begun === undefined) {
            if (this.value.commands !== null) this.update({ commands: null });
            return;
        }
        // Without a connection they are not known.
        const known = await this.#ground.commands().catch(() => []);
        const now = COMMAND.exec(this.value.text)?.[1];
        if (now === undefined) return;
        const list = known.filter(({ name }) => name.startsWith(now.toLowerCase()) && name !== now);
        this.update({ commands: list.length === 0 ? null : { list: list.slice(0, MAX_COMMANDS), chosen: 0 } });
    }

    #suggest(text: string, caret: number): void {
        const found = /(?:^|\s)@([\p{L}\p{N}._-]{0,32})$/u.exec(text.slice(0, caret));
        if (found === null) {
            if (this.value.suggestions !== null) this.update({ suggestions: null });
            return;
        }
        const term = found[1] ?? "";
        void this.#ground.acts.loadPeople();
        const people = this.#ground.acts.people(term, MAX_PEOPLE);
        this.update({ suggestions: people.length === 0 ? null : { at: caret - term.length - 1, people, chosen: 0 } });
    }

    /** What is answered or edited may disappear meanwhile. */
    #forget(eventIds: readonly string[]): void {
        const { mode } = this.value;
        const about = mode.kind === "reply" ? mode.to.id : mode.kind === "edit" ? mode.id : null;
        if (about !== null && eventIds.includes(about)) this.leaveMode();
    }

    #resume(): void {
        if (this.value.text !== "" || this.value.mode.kind !== "new") return;
        const { text, mode, named } = this.#ground.drafts.of(this.#place);
        this.#named = named;
        this.update({ text, mode });
    }

    #write(change: { text?: string; mode?: Mode }): void {
        const { text, mode } = { ...this.value, ...change };
        const left = bytesLeft(text);
        this.update({ text, mode, left: left < LITTLE_LEFT ? left : null, failed: false, warning: null });
        this.#ground.drafts.keep(this.#place, { text, mode, named: this.#named });
    }
}

function untilOf(stay: Message["stay"]): { until?: number } {
    return stay === null ? {} : { until: stay.until };
}
