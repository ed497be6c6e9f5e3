"""What a bot has to sell: its one catalogue."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.gateway.bots.counts import count, need
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.shop.goods import MOST, TooManyProducts
from amanat.gateway.bots.shop.model import Picture, Price, Product
from amanat.gateway.store.store import GatewayStore

_APART: Final = 10_000
"""Numbers grow with time, so that products stand in the order in which they were added; so many fit into a ms."""


class ProductRow(Struct, frozen=True):
    """A product. `file`: an `EncryptedFile` as JSON; `details`: texts by name, as JSON."""

    id: str
    number: int
    title: str
    about: str
    minor: int
    currency: str
    exponent: int
    available: int
    url: str
    file: bytes | None
    mimetype: str
    size: int
    details: bytes | None = None


PRODUCTS: Final = Table("bot_products", ProductRow, key=1)

_sql = QueryFile("amanat.gateway.bots", "shop")
PRODUCTS_AFTER = _sql.query("products_after", ProductRow)
PRODUCTS_OF = _sql.query("products_of", ProductRow)
PRODUCT_OF_NUMBER = _sql.query("product_of_number", ProductRow)


class Catalogue:
    """One bot's: `Goods` over its store."""

    def __init__(self, on: Ground) -> None:
        self._on = on

    @property
    def _store(self) -> GatewayStore:
        return self._on.store

    async def all(self, *, after: int, most: int) -> list[Product]:
        """Return products behind a number, the oldest first."""
        return [_product(row) for row in await self._store.all(PRODUCTS_AFTER, after=after, most=most)]

    async def of(self, ids: Sequence[str]) -> dict[str, Product]:
        """Return those of some products that there are."""
        return {row.id: _product(row) for row in await self._store.all(PRODUCTS_OF, ids=list(ids))}

    async def one(self, number: int) -> Product | None:
        """Return a product by its number."""
        row = await self._store.first(PRODUCT_OF_NUMBER, number=number)
        return _product(row) if row else None

    def number(self) -> int:
        """Return a number that no product has."""
        return self._on.now_ms() * _APART + self._on.mint() % (_APART - MOST)

    async def picture(self, content: bytes, *, mimetype: str) -> Picture:
        """Leave a picture with the homeserver, locked; raises `NotNow`."""
        return Picture(await self._on.device.upload(content), mimetype, len(content))

    async def put(self, product: Product) -> None:
        """Keep a product, in place of the one of its id; raises `TooManyProducts`."""
        await self.change([product])

    async def drop(self, id: str) -> None:
        """Sell a product no more."""
        await self.change([], without=[id])

    async def change(self, products: Sequence[Product], *, without: Sequence[str] = ()) -> None:
        """Sell some products no more, and keep others in place of those of their ids; all of it, or nothing.

        One that has no number keeps its own, or gets one. Raises `TooManyProducts`.
        """

        def put(tx: Tx) -> None:
            before = {id: tx.get(PRODUCTS, id) for id in ids}
            there = {id for id, row in before.items() if row is not None}
            for id in without:
                tx.delete(PRODUCTS, id)
            for place, product in enumerate(products):
                row = before[product.id]
                number = product.number or (row.number if row else first + place)
                tx.put(PRODUCTS, replace(_row(product), number=number))
            left = (there - set(without)) | {product.id for product in products}
            more = len(left) - len(there)
            held = count(tx, "products", more=more)
            if held > MOST and more > 0:
                raise TooManyProducts(room=max(0, MOST - (held - len(left - there))))

        first = self.number()
        ids = {*without, *(product.id for product in products)}
        await self._store.write(put, needs=[need("products"), *((PRODUCTS, (id,)) for id in ids)])


def _row(product: Product) -> ProductRow:
    price, picture = product.price, product.picture
    return ProductRow(
        id=product.id,
        number=product.number,
        title=product.title,
        about=product.about,
        minor=price.minor,
        currency=price.currency,
        exponent=price.exponent,
        available=int(product.available),
        url=product.url,
        file=json.encode(picture.file) if picture else None,
        mimetype=picture.mimetype if picture else "",
        size=picture.size if picture else 0,
        details=json.encode(product.details) if product.details else None,
    )


def _product(row: ProductRow) -> Product:
    return Product(
        id=row.id,
        number=row.number,
        title=row.title,
        about=row.about,
        price=Price(row.minor, row.currency, row.exponent),
        available=bool(row.available),
        url=row.url,
        picture=Picture(json.decode(row.file), row.mimetype, row.size) if row.file else None,
        details=json.decode(row.details, type=dict[str, str]) if row.details else {},
    )
