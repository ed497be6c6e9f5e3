"""Orders, as our app sends them and as others write them: held against the offer as it was sent. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, ValidationError, convert

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.shop.model import KeptOffer, OrderedItem

ORDER: Final = f"{NAMESPACE}.order"
MOST_OF_ONE: Final = 99
MAX_NOTE: Final = 1_000

_WRITTEN: Final = re.compile(r"(\d{1,2})(?:\s*[x\u00d7*]\s*(\d{1,2}))?", re.ASCII | re.IGNORECASE)


class Order(Struct, frozen=True, kw_only=True):
    """What somebody orders, with the prices of the offer."""

    catalogue: str
    items: tuple[OrderedItem, ...]
    note: str = ""


class Refusal(Exception):
    """Something cannot be ordered; says why, to who orders."""


class _Item(Struct):
    id: str
    quantity: int


class _Told(Struct):
    v: int
    catalog_id: str
    items: list[_Item]
    text: str = ""


def order_in(content: Mapping[str, Any], offer: KeptOffer | None) -> Order:
    """Return what a content of our app's orders out of an offer; raises `Refusal`."""
    if offer is None:
        raise Refusal(GONE)
    try:
        told = convert(content.get(ORDER), _Told)
    except ValidationError:
        raise Refusal(WRONG) from None
    ids = [item.id for item in told.items]
    if told.v != 1 or told.catalog_id != offer.catalogue or not ids or len(set(ids)) < len(ids):
        raise Refusal(WRONG)
    items = tuple(_ordered(offer, item.id, quantity=item.quantity) for item in told.items)
    return Order(catalogue=offer.catalogue, items=items, note=told.text.strip()[:MAX_NOTE])


def order_of_words(text: str, offer: KeptOffer) -> Order | None:
    """Return what somebody orders by a number, and how many times: "2" or "2 x3"; None for other words."""
    found = _WRITTEN.fullmatch(text.strip().rstrip("."))
    if found is None or not offer.can_order or not 1 <= int(found[1]) <= len(offer.items):
        return None
    item = _ordered(offer, offer.items[int(found[1]) - 1].id, quantity=int(found[2] or 1))
    return Order(catalogue=offer.catalogue, items=(item,))


def summary(order: Order, offer: KeptOffer) -> str:
    """Return an order in words."""
    titles = {item.id: item.title for item in offer.items}
    said = ", ".join(f"{item.quantity} \u00d7 {titles[item.id]}" for item in order.items)
    return f"{said} \u2013 {order.note}" if order.note else said


def _ordered(offer: KeptOffer, id: str, *, quantity: int) -> OrderedItem:
    item = next((each for each in offer.items if each.id == id), None)
    if not offer.can_order or item is None or not 1 <= quantity <= MOST_OF_ONE:
        raise Refusal(WRONG)
    if not item.available:
        raise Refusal(SOLD_OUT.format(title=item.title[:100]))
    return OrderedItem(item.id, quantity, item.price)


GONE: Final = "Penawaran itu sudah tidak berlaku. / That offer does not hold any more."
WRONG: Final = "Pesanan ini tidak bisa diterima. / This order cannot be taken."
SOLD_OUT: Final = "{title} sudah habis. / {title} is sold out."
TAKEN: Final = "Pesananmu diteruskan: {order}. / Your order was passed on."
