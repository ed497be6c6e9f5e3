"""`/{catalog}/products`, `/{product}`, `/{waba}/product_catalogs` and how a bot sells.

Source: developers.facebook.com, "Product Catalog" and "Set commerce settings".
"""

import asyncio
import re
from typing import Any, Final

from msgspec import Struct, json, to_builtins
from msgspec.structs import replace

from amanat.edge.routes import get, post
from amanat.gateway.bots.api import NotNow
from amanat.gateway.bots.shop.goods import TooManyProducts
from amanat.gateway.bots.shop.model import Picture, Price, Product
from amanat.gateway.cloud_api import media_rules
from amanat.gateway.cloud_api.commerce import COMMERCE, Commerce, catalogue_id, commerce_of
from amanat.gateway.cloud_api.composing import MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id
from amanat.gateway.cloud_api.reading import at_most, one_of, read
from amanat.gateway.cloud_api.sending import Sending
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots, no_such

ID, NAME, ABOUT, URL = 100, 200, 5_000, 2_000
PAGE, MOST = 25, 100
SOLD: Final = ("IN STOCK", "AVAILABLE FOR ORDER", "PREORDER")
NOT_SOLD: Final = ("OUT OF STOCK", "DISCONTINUED", "PENDING")
CENTS: Final = 2
"""The Graph API counts prices in hundredths, whatever the currency."""
HIGHEST: Final = 10**12

_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


class _Given(Struct):
    retailer_id: str
    name: str
    price: int
    currency: str
    description: str = ""
    availability: str = "in stock"
    url: str = ""
    image_url: str = ""


class CommerceRoutes:
    """What bots sell."""

    def __init__(self, visits: Visits, *, sending: Sending) -> None:
        self.visits = visits
        self._sending = sending
        # What is kept is read, changed and written: one after the other.
        self._turns = asyncio.Lock()

    @get("/{version}/{node}/product_catalogs", auth="none")
    @for_bots("business")
    async def catalogues(self, visit: Visit) -> dict[str, Any]:
        """List the one catalogue."""
        return {"data": [{"id": catalogue_id(visit.line), "name": visit.line.me.name}]}

    @get("/{version}/{node}/whatsapp_commerce_settings", auth="none")
    @for_bots("phone")
    async def settings(self, visit: Visit) -> dict[str, Any]:
        """Show how the bot sells."""
        return {"data": [{"id": catalogue_id(visit.line)} | to_builtins(await commerce_of(visit.line))]}

    @post("/{version}/{node}/whatsapp_commerce_settings", auth="none")
    @for_bots("phone")
    async def decide(self, visit: Visit) -> dict[str, bool]:
        """Change how the bot sells; what is not named stays."""
        fields = await visit.fields()
        named = {name: fields[name] for name in Commerce.__struct_fields__ if fields.get(name) is not None}
        async with self._turns:
            changed = read(to_builtins(await commerce_of(visit.line)) | named, Commerce, at="")
            await visit.line.keep_setting(COMMERCE, json.encode(changed))
        return DONE

    @get("/{version}/{node}/products", auth="none")
    @for_bots("catalogue")
    async def listed(self, visit: Visit) -> dict[str, Any]:
        """List a page of the products."""
        after, most = visit.request.query("after") or "0", visit.request.query_int("limit", PAGE, minimum=1)
        start = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else 0
        found = await visit.line.goods.all(after=start, most=min(most, MOST))
        paging = {"cursors": {"before": str(start), "after": str(found[-1].number)}} if found else {}
        return {"data": [_shown(each) for each in found], "paging": paging}

    @post("/{version}/{node}/products", auth="none")
    @for_bots("catalogue")
    async def add(self, visit: Visit) -> dict[str, str]:
        """Sell a product; one of the same `retailer_id` is put in its place."""
        given = read(await _named(visit), _Given, at="")
        made = _product(given, number=0)
        if given.image_url:
            made = replace(made, picture=await self._picture(visit, given.image_url))
        async with self._turns:
            held = (await visit.line.goods.of([made.id])).get(made.id)
            number = held.number if held else visit.line.goods.number()
            await self._put(visit, replace(made, number=number))
        return {"id": node_id("product", number)}

    async def one(self, visit: Visit, number: int) -> dict[str, Any]:
        """Show a product."""
        return _shown(await _found(visit, number))

    async def change(self, visit: Visit, number: int) -> dict[str, bool]:
        """Change a product; what is not named stays."""
        fields = await _named(visit)
        image = fields.get("image_url")
        picture = await self._picture(visit, str(image)) if image else None
        async with self._turns:
            held = await _found(visit, number)
            made = _product(read(_fields(held) | fields | {"retailer_id": held.id}, _Given, at=""), number=number)
            await self._put(visit, replace(made, picture=picture or held.picture))
        return DONE

    async def drop(self, visit: Visit, number: int) -> dict[str, bool]:
        """Sell a product no more. What was offered of it stands in its messages, and can be ordered there."""
        await visit.line.goods.drop((await _found(visit, number)).id)
        return DONE

    async def _put(self, visit: Visit, product: Product) -> None:
        try:
            await visit.line.goods.put(product)
        except TooManyProducts:
            raise GraphError(100, "The catalogue is full: it holds 2,000 products.") from None

    async def _picture(self, visit: Visit, url: str) -> Picture:
        content, mimetype = await self._sending.fetch(MediaRef(type="image", link=url))
        media_rules.check("image", mimetype=mimetype, size=len(content))
        try:
            return await visit.line.goods.picture(content, mimetype=mimetype)
        except NotNow:
            raise GraphError(131016, "The homeserver cannot take files at the moment.") from None


async def _named(visit: Visit) -> dict[str, Any]:
    """Return what is said of a product; `null` says nothing."""
    return {name: value for name, value in (await visit.fields()).items() if value is not None}


async def _found(visit: Visit, number: int) -> Product:
    held = await visit.line.goods.one(number)
    if held is None:
        raise no_such(visit.request)
    return held


def _product(given: _Given, *, number: int) -> Product:
    if not _CURRENCY.fullmatch(given.currency):
        raise GraphError(100, "Param currency must be three capital letters, as IDR.")
    if not 0 <= given.price <= HIGHEST:
        raise GraphError(100, "Param price must be in hundredths of the currency, and not below nothing.")
    if len(given.description) > ABOUT or len(given.url) > URL:
        raise GraphError(100, f"Param description may have {ABOUT} characters, and url {URL}.")
    if given.url and not given.url.startswith(("https://", "http://")):
        raise GraphError(100, "Param url must be a web address.")
    return Product(
        id=at_most(given.retailer_id, ID, at="retailer_id"),
        number=number,
        title=at_most(given.name, NAME, at="name"),
        about=given.description,
        price=Price(given.price, given.currency, CENTS),
        available=one_of(given.availability, SOLD + NOT_SOLD, at="availability") in SOLD,
        url=given.url,
    )


def _fields(product: Product) -> dict[str, Any]:
    return {
        "retailer_id": product.id,
        "name": product.title,
        "description": product.about,
        "price": product.price.minor,
        "currency": product.price.currency,
        "availability": (SOLD if product.available else NOT_SOLD)[0].lower(),
        "url": product.url,
    }


def _shown(product: Product) -> dict[str, Any]:
    return {"id": node_id("product", product.number)} | _fields(product) | {"price": str(product.price)}
