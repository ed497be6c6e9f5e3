"""Offers as contents of messages: for our app to order from, for all others written out. Pure."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from msgspec import json

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.bodies import HTML, content_of_words, html_of
from amanat.gateway.bots.menus import intro_of
from amanat.gateway.bots.model import Json, Words
from amanat.gateway.bots.shop.model import Offer, Product

PRODUCTS: Final = f"{NAMESPACE}.products"
VERSION: Final = 1
MAX_ABOUT: Final = 2_000
"""Of what is said about a product in a message, in characters."""
HOW: Final = 'Balas dengan nomornya, misalnya "2" atau "2 x3". / Reply with its number, such as "2" or "2 x3".'
_SOLD_OUT: Final = "habis / sold out"
SAID_TOO: Final = ("brand", "condition")
"""Of a product's details, what goes along to people."""
_CONDITIONS: Final[Mapping[str, str]] = {
    "refurbished": "rekondisi / refurbished",
    "cpo": "rekondisi / refurbished",
    "used": "bekas / used",
    "used_like_new": "bekas / used",
    "used_good": "bekas / used",
    "used_fair": "bekas / used",
    "open_box_new": "kemasan sudah dibuka / opened",
}
"""What is not new is said in every app."""


def with_offer(content: Json, words: Words, *, offer: Offer) -> Json:
    """Return a text's content with products under it."""
    told: Json = {
        "v": VERSION,
        "intro": intro_of(words),
        "catalog_id": offer.catalogue,
        "cart": offer.can_order,
        "sections": [{"title": each.title, "items": [_item(one) for one in each.products]} for each in offer.shelves],
    }
    lines = _lines(offer)
    marked = content.get("formatted_body") or html_of(words.text)
    return content | {
        PRODUCTS: told | ({"button": offer.button} if offer.button else {}),
        "body": "\n".join([content["body"], "", *lines]),
        "format": HTML,
        "formatted_body": f"{marked}<p>{'<br>'.join(map(escape, lines))}</p>",
    }


def size_of(words: Words, offer: Offer) -> int:
    """Return how many bytes a message with an offer has before it is encrypted."""
    return len(json.encode(with_offer(content_of_words(words), words, offer=offer)))


def _item(product: Product) -> Json:
    price = product.price
    item: Json = {
        "id": product.id,
        "title": product.title,
        "price": {"minor": price.minor, "currency": price.currency, "exponent": price.exponent},
        "available": product.available,
    }
    if product.about:
        item["text"] = product.about[:MAX_ABOUT]
    item |= {name: product.details[name] for name in SAID_TOO if name in product.details}
    if product.url:
        item["url"] = product.url
    if product.picture is not None:
        picture = product.picture
        item["image"] = {"file": picture.file, "info": {"mimetype": picture.mimetype, "size": picture.size}}
    return item


def _lines(offer: Offer) -> Sequence[str]:
    lines, number = [], 0
    for shelf in offer.shelves:
        lines += [shelf.title] if shelf.title else []
        for product in shelf.products:
            number += 1
            condition = _CONDITIONS.get(product.details.get("condition", ""))
            title = f"{product.title} ({condition})" if condition else product.title
            lines.append(f"{number}. {title} \u2013 {product.price if product.available else _SOLD_OUT}")
    return [*lines, HOW] if offer.can_order else lines
