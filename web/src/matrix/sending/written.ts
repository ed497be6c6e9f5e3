/* What people write, as the events that say it. All of it but the relation leaves only inside the ciphertext. Pure. */

import { EventType, type IContent, type IEventRelation, MsgType, RelationType } from "matrix-js-sdk/lib/matrix";
import { fillingIn, type Page } from "../timeline/forms.ts";
import { type Answered, answering, type Choice, sharingNumber } from "../timeline/menus.ts";
import { OFFERS } from "../timeline/offers.ts";
import { asking, type OrderedItem, orderingOf, type Products } from "../timeline/products.ts";
import { REACTION_KEY } from "../timeline/reactions.ts";
import { htmlOf } from "./marks.ts";
import type { Draft } from "./sending.ts";

/** What a message stands to: it answers one, or belongs to the branch that grows from one. `productId`: which of the
 * things that the answered one sells it is about. */
export type Place = {
    replyTo: { id: string; senderId: string; productId?: string } | null;
    branch: string | null;
};

/** Where somebody is about to say something that is no text: what it stands to there, and that it was said. */
export interface Where {
    readonly roomId: string;
    readonly place: Place;
    /** The choice of a menu that it is. */
    readonly answers?: Answered;
    /** What was to be answered is answered. */
    answered(): void;
}

/** A filled-in form: in words, and by screens. */
export type Filled = { text: string; pages: readonly Page[] };

/** What is ordered: in words, and by ids. */
export type Ordering = { text: string; items: readonly OrderedItem[]; note: string };

/** Somebody a text speaks to, as their name stands in it behind an @. */
export type Named = { userId: string; name: string };

/** A text in bytes; an edit says it twice, and both must fit into one event. */
export const MAX_TEXT_BYTES = 20_000;

/** What is longer is told without its marks: an edit says the text twice beside it. */
const MAX_HTML_LENGTH = 4_000;

/** Return how many bytes more a text may have. */
export function bytesLeft(text: string): number {
    return MAX_TEXT_BYTES - new TextEncoder().encode(text).length;
}

/** A message of text. `named` may hold people whose names were taken out of the text again. */
export function textDraft(text: string, { named, ...place }: Place & { named: readonly Named[] }): Draft {
    const content = { ...said(text), ...standing(place, peopleIn(text, named)) };
    return { type: EventType.RoomMessage, content };
}

/** A choice of a menu, as an ordinary message of its words: any app shows it, and no app has to know menus. */
export function answerDraft(menuId: string, { id, title }: Choice, branch: string | null): Draft {
    const place = standing({ replyTo: null, branch });
    const content = { msgtype: MsgType.Text, body: title, ...answering({ menuId, choiceId: id }), ...place };
    return { type: EventType.RoomMessage, content };
}

/** Say that one lets whoever asked read one's number; the number stands nowhere in it. */
export function sharedNumberDraft(answered: Answered, words: string, branch: string | null): Draft {
    const place = standing({ replyTo: null, branch });
    const content = { msgtype: MsgType.Text, body: words, ...sharingNumber(answered), ...place };
    return { type: EventType.RoomMessage, content };
}

/** Choose whether one wants offers; `words` say so in any app. */
export function offersDraft(wanted: boolean, words: string): Draft {
    const content = { msgtype: MsgType.Text, body: words, [OFFERS]: wanted ? "on" : "off", "m.mentions": {} };
    return { type: EventType.RoomMessage, content };
}

/** What somebody filled in, as an ordinary message of its words and with what was written on each screen. */
export function filledDraft(formId: string, { text, pages }: Filled, branch: string | null): Draft {
    const place = standing({ replyTo: null, branch });
    const content = { msgtype: MsgType.Text, body: text, ...fillingIn(formId, pages), ...place };
    return { type: EventType.RoomMessage, content };
}

/** What somebody orders of what a message sells, as an ordinary answer in words. */
export function orderDraft(products: Products, { text, items, note }: Ordering, place: Place): Draft {
    const content = { msgtype: MsgType.Text, body: text, ...orderingOf(products, items, note), ...standing(place) };
    return { type: EventType.RoomMessage, content };
}

/** Return what says in a message's content where it stands, and to whom it speaks beside `named`. */
export function standing(place: Place, named: readonly string[] = []): IContent {
    const relation = relationOf(place);
    // spec: client-server-api#mmentions-for-replies
    const spokenTo = [...named, ...(place.replyTo === null ? [] : [place.replyTo.senderId])];
    const productId = place.replyTo?.productId;
    return {
        "m.mentions": mentions(spokenTo),
        ...(productId === undefined ? {} : asking(productId)),
        ...(relation === null ? {} : { "m.relates_to": relation }),
    };
}

/** Other words for a message of text that is there. */
export function editDraft(eventId: string, text: string, named: readonly Named[]): Draft {
    const after = { ...said(text), "m.mentions": mentions(peopleIn(text, named)) };
    return {
        type: EventType.RoomMessage,
        content: {
            msgtype: MsgType.Text,
            // What apps show that know no edits.
            body: `* ${text}`,
            // Nobody is called a second time.
            "m.mentions": {},
            "m.new_content": after,
            "m.relates_to": { rel_type: RelationType.Replace, event_id: eventId },
        },
    };
}

/** Other words for a message of text that still waits: what it answers stays. */
export function reworded({ content, ...draft }: Draft, text: string, named: readonly Named[]): Draft {
    const { format: _format, formatted_body: _html, ...kept } = content;
    return { ...draft, content: { ...kept, ...said(text), "m.mentions": mentions(peopleIn(text, named)) } };
}

/** An emoji on a message: the server sees on which, and not which emoji. */
export function reactionDraft(eventId: string, key: string): Draft {
    return {
        type: EventType.Reaction,
        light: true,
        content: { [REACTION_KEY]: key, "m.relates_to": { rel_type: RelationType.Annotation, event_id: eventId } },
    };
}

/** Take away what an event says, for everybody. */
export function deletionDraft(eventId: string): Draft {
    return { type: EventType.RoomRedaction, content: { redacts: eventId } };
}

/** The words as they were typed, and with marks in them as HTML too, if both fit. */
function said(text: string): IContent {
    const html = htmlOf(text);
    const content = { msgtype: MsgType.Text, body: text };
    if (html === null || html.length > MAX_HTML_LENGTH) return content;
    return { ...content, format: "org.matrix.custom.html", formatted_body: html };
}

function relationOf({ replyTo, branch }: Place): IEventRelation | null {
    const reply = replyTo === null ? null : { "m.in_reply_to": { event_id: replyTo.id } };
    if (branch === null) return reply;
    // spec: client-server-api#fallback-for-unthreaded-clients
    const fallback = reply ?? { "m.in_reply_to": { event_id: branch } };
    return { rel_type: RelationType.Thread, event_id: branch, is_falling_back: reply === null, ...fallback };
}

function peopleIn(text: string, named: readonly Named[]): string[] {
    return named.filter(({ name }) => text.includes(`@${name}`)).map(({ userId }) => userId);
}

function mentions(userIds: readonly string[]): { user_ids?: string[] } {
    return userIds.length === 0 ? {} : { user_ids: [...new Set(userIds)] };
}
