"""Products, offers of them and orders, in no API's words. Pure data."""

from typing import Any

from msgspec import Struct

Json = dict[str, Any]


class Price(Struct, frozen=True):
    """An amount: `minor` of 10 to the minus `exponent` of a currency (ISO 4217)."""

    minor: int
    currency: str
    exponent: int

    @property
    def amount(self) -> float:
        """The amount in the currency's own unit."""
        return float(self.minor / 10**self.exponent)

    def __str__(self) -> str:
        whole, part = divmod(self.minor, 10**self.exponent)
        return f"{self.currency} {whole}" + (f".{part:0{self.exponent}d}" if part else "")


class Picture(Struct, frozen=True):
    """A product's picture: what opens it, and what it is."""

    file: Json
    mimetype: str
    size: int


class Product(Struct, frozen=True, kw_only=True):
    """One thing that is sold. `id`: the shop's own name for it; `number`: the gateway's.

    `details`: what else is said of it, by the names of Meta's feeds.
    """

    id: str
    number: int
    title: str
    about: str = ""
    price: Price
    available: bool = True
    url: str = ""
    picture: Picture | None = None
    details: dict[str, str] = {}


class Shelf(Struct, frozen=True):
    """Products under a title, which may be empty."""

    title: str
    products: tuple[Product, ...]


class Offer(Struct, frozen=True, kw_only=True):
    """Products in a message. `button`: what opens it where it stands for the whole catalogue."""

    catalogue: str
    shelves: tuple[Shelf, ...]
    can_order: bool
    button: str = ""

    @property
    def products(self) -> tuple[Product, ...]:
        """All of them, in their order."""
        return tuple(product for shelf in self.shelves for product in shelf.products)


class OfferedItem(Struct, frozen=True):
    """A product as it was offered."""

    id: str
    title: str
    price: Price
    available: bool


class KeptOffer(Struct, frozen=True):
    """What is kept of an offer beside its message: by this orders are checked."""

    catalogue: str
    can_order: bool
    items: tuple[OfferedItem, ...]


class OrderedItem(Struct, frozen=True):
    """So many of an item, for the price that it was offered at."""

    id: str
    quantity: int
    price: Price


def kept_offer(offer: Offer) -> KeptOffer:
    """Return what is kept of an offer."""
    items = (OfferedItem(each.id, each.title, each.price, each.available) for each in offer.products)
    return KeptOffer(offer.catalogue, offer.can_order, tuple(items))
