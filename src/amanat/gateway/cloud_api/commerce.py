"""What a bot sells, as the Graph API has it: its one catalogue, products out of it, and whether they can be ordered."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.gateway.bots.api import Line
from amanat.gateway.bots.model import Words
from amanat.gateway.bots.shop.model import Offer, Product, Shelf
from amanat.gateway.bots.shop.offers import size_of
from amanat.gateway.cloud_api.composing import OfferRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id
from amanat.gateway.cloud_api.offering import ITEMS

COMMERCE: Final = "cloud_api.commerce"
"""Among what is kept of a bot."""
LARGEST: Final = 45_000
"""Of an offer in a message, in bytes: an event has 65,536 once it is encrypted."""


class Commerce(Struct, frozen=True, kw_only=True):
    """Whether people may order, and whether the catalogue is shown at all."""

    is_cart_enabled: bool = True
    is_catalog_visible: bool = True


async def commerce_of(line: Line) -> Commerce:
    """Return how a bot sells."""
    return read_commerce(await line.setting(COMMERCE))


def read_commerce(kept: bytes | None) -> Commerce:
    """Return what was kept of it."""
    return json.decode(kept, type=Commerce) if kept else Commerce()


def catalogue_id(line: Line) -> str:
    """Return the id of a bot's catalogue."""
    return node_id("catalogue", line.me.number)


async def offer_of(line: Line, ref: OfferRef, *, words: Words) -> Offer:
    """Return the products that are meant, below some words; raises `GraphError` for those that there are not."""
    own, settings = catalogue_id(line), await commerce_of(line)
    if ref.catalogue not in ("", own):
        raise GraphError(131009, "Param interactive.action.catalog_id is of no catalogue of this business.")
    shelves = [await _shelf(line, title, ids) for title, ids in ref.shelves] or [await _all(line, ref, settings)]
    offer = Offer(catalogue=own, shelves=tuple(shelves), can_order=settings.is_cart_enabled, button=ref.button)
    if not ref.shelves:
        offer = _what_fits(offer, words)
    if size_of(words, offer) > LARGEST:
        raise GraphError(131009, "Param interactive.action has products that say too much for one message.")
    return offer


def _what_fits(offer: Offer, words: Words) -> Offer:
    """Leave out the last products of a catalogue that is too much for one message."""
    while len(offer.products) > 1 and size_of(words, offer) > LARGEST:
        offer = replace(offer, shelves=(Shelf("", offer.products[:-1]),))
    return offer


async def _shelf(line: Line, title: str, ids: Sequence[str]) -> Shelf:
    found = await line.goods.of(ids)
    for id in ids:
        if id not in found:
            raise GraphError(131009, f"Param product_retailer_id: there is no product {id[:100]} in the catalogue.")
    return Shelf(title, tuple(found[id] for id in ids))


async def _all(line: Line, ref: OfferRef, settings: Commerce) -> Shelf:
    if not settings.is_catalog_visible:
        raise GraphError(131009, "The catalogue is not shown: whatsapp_commerce_settings has is_catalog_visible false.")
    first: list[Product] = [*(await _shelf(line, "", [ref.first])).products] if ref.first else []
    others = [each for each in await line.goods.all(after=0, most=ITEMS + 1) if each.id != ref.first]
    if not first and not others:
        raise GraphError(131009, "There are no products in the catalogue.")
    return Shelf("", tuple((first + others)[:ITEMS]))
