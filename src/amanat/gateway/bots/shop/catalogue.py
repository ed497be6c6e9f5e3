"""What a bot has to sell: its one catalogue."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, json

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.shop.goods import TooManyProducts
from amanat.gateway.bots.shop.model import Picture, Price, Product
from amanat.gateway.store.store import GatewayStore

MOST: Final = 2_000
_APART: Final = 10_000
"""Numbers grow with time, so that products stand in the order in which they were added; so many fit into a ms."""


class ProductRow(Struct, frozen=True):
    """A product. `file`: an `EncryptedFile` as JSON."""

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


class _Count(Struct, frozen=True):
    number: int


PRODUCTS: Final = Table("bot_products", ProductRow, key=1)

_sql = QueryFile("amanat.gateway.bots", "shop")
PRODUCTS_AFTER = _sql.query("products_after", ProductRow)
PRODUCTS_OF = _sql.query("products_of", ProductRow)
PRODUCT_OF_NUMBER = _sql.query("product_of_number", ProductRow)
NUMBER_OF_PRODUCTS = _sql.query("number_of_products", _Count)


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
        return self._on.now_ms() * _APART + self._on.mint() % _APART

    async def picture(self, content: bytes, *, mimetype: str) -> Picture:
        """Leave a picture with the homeserver, locked; raises `NotNow`."""
        return Picture(await self._on.device.upload(content), mimetype, len(content))

    async def put(self, product: Product) -> None:
        """Keep a product, in place of the one of its id; raises `TooManyProducts`."""
        found = await self._store.first(NUMBER_OF_PRODUCTS)
        full = found is not None and found.number >= MOST

        def put(tx: Tx) -> None:
            if full and tx.get(PRODUCTS, product.id) is None:
                raise TooManyProducts
            tx.put(PRODUCTS, _row(product))

        await self._store.write(put, needs=[(PRODUCTS, (product.id,))])

    async def drop(self, id: str) -> None:
        """Sell a product no more."""
        await self._store.write(lambda tx: tx.delete(PRODUCTS, id))


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
    )
