"""Messages with products of the bot's catalogue: one, a list, or all of it. Pure.

Source: developers.facebook.com, "Share products with customers".
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.cloud_api.composing import Composed, OfferRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.reading import read

SECTIONS, ITEMS, TITLE = 10, 30, 24
BUTTON: Final = "Lihat katalog / View catalogue"


class _Product(Struct):
    catalog_id: str
    product_retailer_id: str


class _Item(Struct):
    product_retailer_id: str


class _Section(Struct):
    product_items: list[_Item]
    title: str | None = None

    @property
    def shelf(self) -> tuple[str, tuple[str, ...]]:
        return self.title or "", tuple(item.product_retailer_id for item in self.product_items)


class _List(Struct):
    catalog_id: str
    sections: list[_Section]


class _Thumbnail(Struct):
    thumbnail_product_retailer_id: str = ""


class _Catalogue(Struct):
    parameters: _Thumbnail | None = None


def product(action: Mapping[str, Any]) -> Composed:
    """Compose one product."""
    given = read(action, _Product, at="interactive.action")
    return Composed(offer=OfferRef(catalogue=given.catalog_id, shelves=(("", (given.product_retailer_id,)),)))


def product_list(action: Mapping[str, Any]) -> Composed:
    """Compose a list of products."""
    at, given = "interactive.action.sections", read(action, _List, at="interactive.action")
    shelves = tuple(section.shelf for section in given.sections)
    ids = [id for _, some in shelves for id in some]
    if not 1 <= len(shelves) <= SECTIONS or not 1 <= len(ids) <= ITEMS or not all(some for _, some in shelves):
        raise GraphError(131009, f"Param {at} must have 1 to {SECTIONS} sections with 1 to {ITEMS} products in all.")
    if len(set(ids)) < len(ids):
        raise GraphError(131009, f"Each {at}[].product_items[].product_retailer_id must differ from the others.")
    if any(len(title) > TITLE for title, _ in shelves):
        raise GraphError(100, f"Param {at}[].title must be at most {TITLE} characters long.")
    if len(shelves) > 1 and not all(title for title, _ in shelves):
        raise GraphError(131008, f"The parameter {at}[].title is required where there are several.")
    return Composed(offer=OfferRef(catalogue=given.catalog_id, shelves=shelves))


def catalogue(action: Mapping[str, Any]) -> Composed:
    """Compose the whole catalogue, or what of it has room."""
    thumbnail = read(action, _Catalogue, at="interactive.action").parameters or _Thumbnail()
    return Composed(offer=OfferRef(button=BUTTON, first=thumbnail.thumbnail_product_retailer_id))
