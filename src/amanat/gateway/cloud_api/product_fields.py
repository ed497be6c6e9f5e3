"""Products as the Graph API has them, and as Meta's feeds write them: one set of rules for both. Pure.

Source: developers.facebook.com, "Product Catalog" and "Product Data Specifications".
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.bots.shop.model import Price, Product
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id
from amanat.gateway.cloud_api.reading import at_most, one_of, read

ID, NAME, ABOUT, URL = 100, 200, 5_000, 2_000
SOLD: Final = ("IN STOCK", "AVAILABLE FOR ORDER", "PREORDER")
NOT_SOLD: Final = ("OUT OF STOCK", "DISCONTINUED", "PENDING")
CENTS: Final = 2
"""The Graph API counts prices in hundredths, whatever the currency."""
HIGHEST: Final = 10**12

_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_PRICE: Final = re.compile(r"(\d{1,10})(?:\.(\d{1,2}))?\s*([A-Z]{3})", re.ASCII)
_FEED: Final[Mapping[str, str]] = {
    "id": "retailer_id",
    "title": "name",
    "description": "description",
    "availability": "availability",
    "link": "url",
    "image_link": "image_url",
}
"""What a column of a feed is called in the Graph API."""
DETAIL: Final = 200
DETAILS: Final = (
    "brand", "condition", "color", "size", "material", "pattern", "gender", "age_group", "gtin", "mpn",
    "item_group_id", "google_product_category", "fb_product_category", "product_type",
)  # fmt: skip
"""What is kept and told back under the same name. What else a feed has, as `sale_price`, is passed over."""
CONDITIONS: Final = (
    "NEW", "REFURBISHED", "USED", "USED_LIKE_NEW", "USED_GOOD", "USED_FAIR", "CPO", "OPEN_BOX_NEW",
)  # fmt: skip


class Given(Struct):
    """What is said of a product."""

    retailer_id: str
    name: str
    price: int
    currency: str
    description: str = ""
    availability: str = "in stock"
    url: str = ""
    image_url: str = ""
    brand: str = ""
    condition: str = ""
    color: str = ""
    size: str = ""
    material: str = ""
    pattern: str = ""
    gender: str = ""
    age_group: str = ""
    gtin: str = ""
    mpn: str = ""
    item_group_id: str = ""
    google_product_category: str = ""
    fb_product_category: str = ""
    product_type: str = ""


def given(fields: Mapping[str, Any]) -> Given:
    """Read what is said of a product; `null` says nothing. As at Meta, one without a price is refused with 100."""
    said = {name: value for name, value in fields.items() if value is not None}
    for name in ("retailer_id", "name", "price", "currency"):
        if name not in said:
            raise GraphError(100, f"(#100) The parameter {name} is required.")
    return read(said, Given, at="")


def product_of(said: Given, *, number: int) -> Product:
    """Return the product, without its picture; raises `GraphError` for what cannot be."""
    if not _CURRENCY.fullmatch(said.currency):
        raise GraphError(100, "Param currency must be three capital letters, as IDR.")
    if not 0 <= said.price <= HIGHEST:
        raise GraphError(100, "Param price must be in hundredths of the currency, and not below nothing.")
    if len(said.description) > ABOUT or len(said.url) > URL:
        raise GraphError(100, f"Param description may have {ABOUT} characters, and url {URL}.")
    if said.url and not said.url.startswith(("https://", "http://")):
        raise GraphError(100, "Param url must be a web address.")
    return Product(
        id=at_most(said.retailer_id, ID, at="retailer_id"),
        number=number,
        title=at_most(said.name, NAME, at="name"),
        about=said.description,
        price=Price(said.price, said.currency, CENTS),
        available=one_of(said.availability, SOLD + NOT_SOLD, at="availability") in SOLD,
        url=said.url,
        details=_details(said),
    )


def _details(said: Given) -> dict[str, str]:
    details = {name: value for name in DETAILS if (value := getattr(said, name).strip())}
    for name, value in details.items():
        if len(value) > DETAIL:
            raise GraphError(100, f"Param {name} may have {DETAIL} characters.")
    if "condition" in details:
        details["condition"] = one_of(details["condition"], CONDITIONS, at="condition").lower()
    return details


def fields_of(product: Product) -> dict[str, Any]:
    """Return what is said of a product, but for its picture."""
    return {
        "retailer_id": product.id,
        "name": product.title,
        "description": product.about,
        "price": product.price.minor,
        "currency": product.price.currency,
        "availability": (SOLD if product.available else NOT_SOLD)[0].lower(),
        "url": product.url,
    } | product.details


def shown(product: Product) -> dict[str, Any]:
    """Return a product as it is shown."""
    return {"id": node_id("product", product.number)} | fields_of(product) | {"price": str(product.price)}


def of_feed(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item of a feed in the Graph API's words; what it does not say is not there."""
    fields = {ours: item[theirs] for theirs, ours in _FEED.items() if item.get(theirs) not in (None, "")}
    fields |= {name: str(item[name]) for name in DETAILS if item.get(name) not in (None, "")}
    images = item.get("image")
    if "image_url" not in fields and isinstance(images, list) and images and isinstance(images[0], Mapping):
        fields["image_url"] = images[0].get("url")
    if item.get("price") not in (None, ""):
        found = _PRICE.fullmatch(str(item["price"]).strip())
        if found is None:
            raise GraphError(100, "Param price must be an amount and a currency, as 15000 IDR or 9.99 USD.")
        fields |= {"price": int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")), "currency": found[3]}
    return fields
