/* Cards that lie beside each other in a message, each with a picture, words and buttons of its own. What a button with an id
 * answers stands among the message's prompts. What does not fit shows nothing, and the text beside it stands. Pure. */

import type { IContent } from "matrix-js-sdk/lib/matrix";

import type { MediaBody } from "../media/media_body.ts";
import { introIn, isObject, lineOf, type Offer } from "./menus.ts";
import { type Product, pictureIn, productIn, textIn, urlIn } from "./products.ts";

const CARDS = "id.amanat.cards";
const LEAST = 2;
const MOST = 10;
const MAX_BUTTONS = 3;
/** As many choices as all cards have room for. */
export const MOST_CHOICES = MOST * MAX_BUTTONS;
const MAX_LABEL = 60;
const MAX_ID = 200;
const MAX_TEXT = 1_000;

export type CardButton = { kind: "choice"; id: string; label: string } | { kind: "link"; url: string; label: string };
export type Card = {
    /** A picture or a film. */
    media: MediaBody | null;
    text: string;
    buttons: readonly CardButton[];
    product: Product | null;
};
export type CardsOffer = Omit<Offer, "menu"> & { cards: readonly Card[] };

/** Read the cards of a message; null where there are none that could be shown. */
export function readCards(content: IContent): CardsOffer | null {
    const told = content[CARDS];
    if (!isObject(told) || told.v !== 1 || !Array.isArray(told.cards)) return null;
    if (told.cards.length < LEAST || told.cards.length > MOST) return null;
    const cards = told.cards.flatMap((each) => cardIn(each) ?? []);
    return cards.length < told.cards.length ? null : { cards, ...introIn(told) };
}

function cardIn(told: unknown): Card | null {
    if (!isObject(told)) return null;
    const product = told.product === undefined ? null : productIn(told.product);
    if (told.product !== undefined && product === null) return null;
    const buttons = buttonsIn(told.buttons ?? []);
    if (buttons === null) return null;
    const text = textIn(told.text, MAX_TEXT);
    const name = lineOf(product?.title ?? told.text, MAX_LABEL);
    const media = pictureIn(told.image, name) ?? pictureIn(told.video, name, "m.video") ?? product?.picture ?? null;
    if (text === "" && product === null && media === null) return null;
    return { media, text, buttons, product };
}

function buttonsIn(told: unknown): CardButton[] | null {
    if (!Array.isArray(told) || told.length > MAX_BUTTONS) return null;
    const buttons = told.flatMap((each) => buttonIn(each) ?? []);
    return buttons.length < told.length ? null : buttons;
}

function buttonIn(told: unknown): CardButton | null {
    if (!isObject(told)) return null;
    const label = lineOf(told.label, MAX_LABEL);
    if (label === "") return null;
    if (typeof told.id === "string" && told.id !== "" && told.id.length <= MAX_ID)
        return { kind: "choice", id: told.id, label };
    const url = urlIn(told.url);
    return url === null || url === "" ? null : { kind: "link", url, label };
}
