"""Cards that are shown beside each other: pictures or films with words, and buttons or a link on each. Pure.

Source: developers.facebook.com, "Interactive media carousel messages" and "Interactive product carousel messages".
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.bots.model import Choice
from amanat.gateway.cloud_api.composing import CardRef, Composed, MediaField, MediaRef, OfferRef, media_ref
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.notation import words_of
from amanat.gateway.cloud_api.reading import as_object, at_most, read

LEAST, MOST = 2, 10
BUTTONS: Final = 3
TEXT, TITLE, ID = 160, 20, 256


class _Text(Struct):
    text: str


class _Header(Struct):
    type: str
    image: MediaField | None = None
    video: MediaField | None = None


class _Card(Struct):
    header: _Header
    card_index: int | None = None
    body: _Text | None = None


class _Reply(Struct):
    id: str
    title: str


class _Button(Struct):
    quick_reply: _Reply


class _Buttons(Struct):
    buttons: list[_Button]


class _Url(Struct):
    display_text: str
    url: str


class _Product(Struct):
    product_retailer_id: str
    catalog_id: str


class _ProductCard(Struct):
    action: _Product


class _Link(Struct):
    parameters: _Url


def carousel(action: Mapping[str, Any]) -> Composed:
    """Compose the cards of a carousel; the words above them are the message's."""
    given = action.get("cards")
    if not isinstance(given, list):
        raise GraphError(131008, "The parameter interactive.action.cards is required.")
    if not LEAST <= len(given) <= MOST:
        raise GraphError(131009, f"Param interactive.action.cards must have {LEAST} to {MOST} cards.")
    of_products = [isinstance(value, Mapping) and value.get("type") == "product" for value in given]
    if all(of_products):
        return _products(given)
    if any(of_products):
        raise GraphError(131009, "Param interactive.action.cards must have products on all cards, or on none.")
    cards: list[CardRef] = []
    choices: list[Choice] = []
    for place, value in enumerate(given):
        card, of_card = _card(value, at=f"interactive.action.cards[{place}]")
        here = range(len(choices), len(choices) + len(of_card))
        cards.append(CardRef(media=card.media, words=card.words, choices=tuple(here)))
        choices += of_card
    if len({card.media.type for card in cards}) > 1:
        raise GraphError(131009, "Param interactive.action.cards must have pictures on all cards, or films on all.")
    return Composed(cards=tuple(cards), choices=tuple(choices), style="buttons")


def _products(given: Sequence[object]) -> Composed:
    """Compose cards of products: a list of them, out of which people order."""
    at = "interactive.action.cards"
    found = [read(value, _ProductCard, at=f"{at}[{place}]").action for place, value in enumerate(given)]
    if len({each.catalog_id for each in found}) > 1:
        raise GraphError(131009, f"Each {at}[].action.catalog_id must be the same.")
    ids = tuple(each.product_retailer_id for each in found)
    if len(set(ids)) < len(ids):
        raise GraphError(131009, f"Each {at}[].action.product_retailer_id must differ from the others.")
    return Composed(offer=OfferRef(catalogue=found[0].catalog_id, shelves=(("", ids),)))


def _card(value: object, *, at: str) -> tuple[CardRef, Sequence[Choice]]:
    fields = as_object(value, at=at)
    card = read(fields, _Card, at=at)
    text = at_most(card.body.text, TEXT, at=f"{at}.body.text") if card.body is not None else ""
    choices = _choices(as_object(fields.get("action", {}), at=f"{at}.action"), at=f"{at}.action")
    return CardRef(media=_media(card.header, at=f"{at}.header"), words=words_of(text)), choices


def _media(header: _Header, *, at: str) -> MediaRef:
    if header.type == "image" and header.image is not None:
        return media_ref("image", header.image, at=f"{at}.image")
    if header.type == "video" and header.video is not None:
        return media_ref("video", header.video, at=f"{at}.video")
    raise GraphError(131009, f"Param {at}.type must be image or video, and have one.")


def _choices(action: Mapping[str, Any], *, at: str) -> Sequence[Choice]:
    if "buttons" not in action:
        link = read(action, _Link, at=at).parameters
        at_most(link.display_text, TITLE, at=f"{at}.parameters.display_text")
        if not link.url.startswith(("https://", "http://")):
            raise GraphError(131009, f"Param {at}.parameters.url must be a web address.")
        return [Choice(label=link.display_text, url=link.url)]
    buttons = read(action, _Buttons, at=at).buttons
    if not 1 <= len(buttons) <= BUTTONS:
        raise GraphError(131009, f"Param {at}.buttons must have 1 to {BUTTONS} buttons.")
    replies = [button.quick_reply for button in buttons]
    for reply in replies:
        at_most(reply.id, ID, at=f"{at}.buttons[].quick_reply.id")
        at_most(reply.title, TITLE, at=f"{at}.buttons[].quick_reply.title")
    return [Choice(label=reply.title, data=reply.id) for reply in replies]
