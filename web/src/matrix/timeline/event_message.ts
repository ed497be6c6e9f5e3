/* Makes the message of an event: its words, and what else is known of it. */

import { EventType, type IContent, type MatrixEvent, RelationType, type Room } from "matrix-js-sdk/lib/matrix";
import { reasonOf } from "../keys/unreadable.ts";
import { nameOf } from "../rooms/people.ts";
import { pictureOf } from "../rooms/pictures.ts";
import { MOST_CHOICES, readCards } from "./cards.ts";
import type { Disappearing } from "./disappearing.ts";
import { readFilled, readForm } from "./forms.ts";
import { type Offer, readAnswer, readOffer } from "./menus.ts";
import { type Body, type Branch, lineOf, type Mention, type Message, PLAIN, type Quote, readBody } from "./message.ts";
import { readNotice } from "./notices.ts";
import { isPoll, type Polls } from "./polls.ts";
import { askedAbout, type Products, readOrder, readProducts } from "./products.ts";
import type { Quotes } from "./quotes.ts";
import { reactionsTo } from "./reactions.ts";

/** Events that only say something of another. */
const ABOUT_OTHERS: ReadonlySet<string | undefined> = new Set([
    RelationType.Replace,
    RelationType.Annotation,
    RelationType.Reference,
]);
const VERIFICATION = "m.key.verification.request";
const FORWARDED = "id.amanat.forwarded";

export type Knowledge = {
    room: Room;
    me: string;
    polls: Polls;
    quotes: Quotes;
    disappearing: Disappearing;
    /** How many others have read an event. */
    readersOf: (event: MatrixEvent) => number;
    /** This is a branch, whose messages do not branch again. */
    inBranch: boolean;
};

/** Return the message of an event; null where it shows nothing. */
export function makeMessage(event: MatrixEvent, knowledge: Knowledge): Message | null {
    const body = bodyOf(event, knowledge);
    if (body === null) return null;
    const { room, me } = knowledge;
    const id = event.getId() ?? "";
    const senderId = event.getSender() ?? "";
    const mine = senderId === me;
    const common = {
        ...PLAIN,
        id,
        key: event.getUnsigned().transaction_id ?? id,
        senderId,
        senderName: nameOf(room, senderId),
        senderPicture: pictureOf(room, senderId),
        mine,
        at: event.getTs(),
    };
    if (body.kind === "notice") return { ...common, body, progress: null };
    const { sold, laid } = shownBy(event, body);
    const { offer, asked } = offeredBy(event, { body, me, onCards: laid !== null });
    const readers = mine ? knowledge.readersOf(event) : 0;
    const progress = mine ? (readers > 0 ? "read" : "sent") : null;
    if (body.kind === "deleted") return { ...common, body, progress, readers };
    const said = introduced(body, { ...asked, ...offer, ...laid, ...sold });
    const offered = {
        menu: offer?.menu ?? null,
        form: asked?.form ?? null,
        products: sold?.products ?? null,
        cards: laid?.cards ?? null,
    };
    return { ...common, body: said, progress, readers, ...offered, ...detailsOf(event, knowledge) };
}

/** What others offer: a menu and a form are for others to answer, and stay behind when their message is passed on. */
function offeredBy(event: MatrixEvent, { body, me, onCards }: { body: Body; me: string; onCards: boolean }) {
    if (event.getSender() === me || body.kind === "deleted") return { offer: null, asked: null };
    const content = contentOf(event);
    const most = onCards ? MOST_CHOICES : undefined;
    return { offer: body.kind === "text" ? readOffer(content, me, most) : null, asked: readForm(content) };
}

/** What is sold, and cards: whoever sent them sees them as others do. */
function shownBy(event: MatrixEvent, body: Body) {
    if (body.kind !== "text") return { sold: null, laid: null };
    const content = contentOf(event);
    return { sold: readProducts(content), laid: readCards(content) };
}

/** What is shown above choices or a form stands in place of the text that is for apps without them. */
function introduced(body: Body, { text, formatted }: Partial<Offer>): Body {
    if (text === undefined) return body;
    if ("caption" in body) return { ...body, caption: text };
    if (body.kind !== "text") return body;
    return { kind: "text", text, emote: false, ...(formatted === undefined ? {} : { formatted }) };
}

function detailsOf(event: MatrixEvent, knowledge: Knowledge): Partial<Message> {
    const { room, me } = knowledge;
    const content = contentOf(event);
    return {
        edited: event.replacingEvent() !== null,
        reply: quoteOf(event, knowledge),
        reactions: reactionsTo(event.getId() ?? "", {
            relations: room.relations,
            me,
            nameOf: (userId) => nameOf(room, userId),
        }),
        branch: knowledge.inBranch ? null : branchOf(event, room),
        mentions: mentionsOf(content, { room, me }),
        forwarded: depthOf(content[FORWARDED]),
        stay: knowledge.disappearing.stayOf(event),
        answers: readAnswer(content),
        fills: readFilled(content),
        order: readOrder(content, () => soldBefore(event, knowledge)),
    };
}

function bodyOf(event: MatrixEvent, { room, me, polls, disappearing }: Knowledge): Body | null {
    if (event.isState()) {
        const notice = readNotice(event, (userId) => ({ name: nameOf(room, userId), me: userId === me }));
        // Whoever made a chat is in it.
        const plain = notice?.kind === "joined" && event.getStateKey() === room.getCreator();
        return notice === null || plain ? null : { kind: "notice", notice };
    }
    if (ABOUT_OTHERS.has(event.getRelation()?.rel_type) || disappearing.isGone(event)) return null;
    const type = event.getType();
    if (event.isRedacted()) return saysSomething(type) ? { kind: "deleted" } : null;
    if (event.isDecryptionFailure()) return { kind: "unreadable", reason: reasonOf(event) };
    if (type === EventType.RoomMessageEncrypted) {
        // Something encrypted twice is no message.
        return event.getClearContent() === null ? { kind: "opening" } : null;
    }
    return saysSomething(type) ? saidIn(event, polls) : null;
}

function saysSomething(type: string): boolean {
    return (
        type === EventType.RoomMessage ||
        type === EventType.RoomMessageEncrypted ||
        type === EventType.Sticker ||
        isPoll(type)
    );
}

function saidIn(event: MatrixEvent, polls: Polls): Body | null {
    const type = event.getType();
    const content = contentOf(event);
    if (isPoll(type)) {
        const poll = polls.read(event);
        return poll === null ? { kind: "other", fallback: "" } : { kind: "poll", poll };
    }
    if (content.msgtype === VERIFICATION) return null;
    const body = readBody(content, type);
    return body.kind === "text" && isReply(event) ? { ...body, text: withoutQuote(body.text) } : body;
}

/** What is said now: an edit counts once it can be read. */
function contentOf(event: MatrixEvent): IContent {
    const edited: unknown = event.replacingEvent()?.getContent()["m.new_content"];
    return typeof edited === "object" && edited !== null ? edited : event.getOriginalContent();
}

function isReply(event: MatrixEvent): boolean {
    const relation = event.getWireContent()["m.relates_to"];
    // In a branch every message names the one before it, for apps that know no branches.
    return relation?.["m.in_reply_to"] !== undefined && relation.is_falling_back !== true;
}

/** Older apps repeat what they answer at the head of their text. */
function withoutQuote(text: string): string {
    return text.startsWith("> ") ? text.replace(/^(>.*\n)+\n?/, "") : text;
}

function quoteOf(event: MatrixEvent, knowledge: Knowledge): Quote | null {
    const id = event.replyEventId;
    if (id === undefined || !isReply(event)) return null;
    const quoted = knowledge.quotes.find(id);
    if (quoted === undefined) return { id, senderName: "", text: null };
    const body = bodyOf(quoted, knowledge);
    const sold = body === null ? null : shownBy(quoted, body).sold;
    const about = askedAbout(contentOf(event), () => sold?.products ?? null);
    const text = about?.title ?? (body === null ? null : lineOf(introduced(body, sold ?? {})));
    return { id, senderName: nameOf(knowledge.room, quoted.getSender() ?? ""), text };
}

/** What the message that another answers sells. */
function soldBefore(event: MatrixEvent, { quotes }: Knowledge): Products | null {
    const offered = event.replyEventId === undefined ? undefined : quotes.find(event.replyEventId);
    return offered === undefined ? null : (readProducts(contentOf(offered))?.products ?? null);
}

function branchOf(event: MatrixEvent, room: Room): Branch | null {
    const thread = room.getThread(event.getId() ?? "");
    if (thread === null || thread.length === 0) return null;
    return { count: thread.length, at: thread.replyToEvent?.getTs() ?? event.getTs() };
}

function mentionsOf(content: IContent, { room, me }: { room: Room; me: string }): Mention[] {
    const ids: unknown = content["m.mentions"]?.user_ids;
    if (!Array.isArray(ids)) return [];
    return ids
        .filter((id) => typeof id === "string")
        .map((userId) => ({ userId, name: nameOf(room, userId), me: userId === me }))
        .filter(({ name }) => name !== "");
}

function depthOf(forwarded: unknown): number {
    if (typeof forwarded !== "object" || forwarded === null || !("depth" in forwarded)) return 0;
    const { depth } = forwarded;
    return typeof depth === "number" && Number.isInteger(depth) && depth > 0 ? depth : 0;
}
