"""`/{catalog}/products`, `/{product}`, `/{waba}/product_catalogs` and how a bot sells.

Source: developers.facebook.com, "Product Catalog" and "Set commerce settings".
"""

from typing import Any

from msgspec import json, to_builtins
from msgspec.structs import replace

from amanat.edge.routes import get, post
from amanat.gateway.bots.shop.goods import TooManyProducts
from amanat.gateway.bots.shop.model import Product
from amanat.gateway.cloud_api.batches import FULL, Batches
from amanat.gateway.cloud_api.commerce import COMMERCE, Commerce, catalogue_id, commerce_of, read_commerce
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id
from amanat.gateway.cloud_api.paging import paging
from amanat.gateway.cloud_api.product_fields import fields_of, given, product_of, shown
from amanat.gateway.cloud_api.reading import read
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots, no_such

PAGE, MOST = 25, 100


class CommerceRoutes:
    """What bots sell."""

    def __init__(self, visits: Visits, *, base_url: str, batches: Batches) -> None:
        """`base_url` is where bots reach the gateway: the next page of a list is a whole address."""
        self.visits = visits
        self._base_url = base_url
        self._batches = batches

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

        def change(kept: bytes | None) -> bytes:
            return json.encode(read(to_builtins(read_commerce(kept)) | named, Commerce, at=""))

        await visit.line.change_setting(COMMERCE, change)
        return DONE

    @get("/{version}/{node}/products", auth="none")
    @for_bots("catalogue")
    async def listed(self, visit: Visit) -> dict[str, Any]:
        """List a page of the products."""
        after, most = visit.request.query("after") or "0", visit.request.query_int("limit", PAGE, minimum=1)
        start = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else 0
        most = min(most, MOST)
        found = await visit.line.goods.all(after=start, most=most + 1)
        page, more = found[:most], len(found) > most
        last = page[-1].number if page else start
        told = paging(visit.request, base_url=self._base_url, first=start, last=last, more=more)
        return {"data": [shown(each) for each in page], "paging": told if page else {}}

    @post("/{version}/{node}/products", auth="none")
    @for_bots("catalogue")
    async def add(self, visit: Visit) -> dict[str, str]:
        """Sell a product; one of the same `retailer_id` is put in its place."""
        said = given(await visit.fields())
        made = product_of(said, number=0)
        if said.image_url:
            made = replace(made, picture=await self._batches.pictures.fetch(visit.line, said.image_url))
        async with self._batches.alone(visit.line):
            held = (await visit.line.goods.of([made.id])).get(made.id)
            number = held.number if held else visit.line.goods.number()
            await self._put(visit, replace(made, number=number))
        return {"id": node_id("product", number)}

    async def one(self, visit: Visit, number: int) -> dict[str, Any]:
        """Show a product."""
        return shown(await _found(visit, number))

    async def change(self, visit: Visit, number: int) -> dict[str, bool]:
        """Change a product; what is not named stays."""
        fields = {name: value for name, value in (await visit.fields()).items() if value is not None}
        image = fields.get("image_url")
        picture = await self._batches.pictures.fetch(visit.line, str(image)) if image else None
        async with self._batches.alone(visit.line):
            held = await _found(visit, number)
            made = product_of(given(fields_of(held) | fields | {"retailer_id": held.id}), number=number)
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
            raise GraphError(100, FULL) from None


async def _found(visit: Visit, number: int) -> Product:
    held = await visit.line.goods.one(number)
    if held is None:
        raise no_such(visit.request)
    return held
