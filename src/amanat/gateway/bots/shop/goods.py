"""What an API asks a bot's catalogue for."""

from collections.abc import Sequence
from typing import Final, Protocol

from amanat.gateway.bots.shop.model import Picture, Product

MOST: Final = 5_000
"""Products of one bot: as many as Meta takes in one batch. To put them all in one unit takes 30 ms."""


class TooManyProducts(Exception):
    """The catalogue is full. `room`: so many of what was new would have fitted."""

    def __init__(self, *, room: int) -> None:
        super().__init__()
        self.room = room


class Goods(Protocol):
    """A bot's catalogue, as an API finds it. What returns has been written to disk."""

    async def all(self, *, after: int, most: int) -> list[Product]:
        """Return products behind a number, the oldest first."""
        ...

    async def of(self, ids: Sequence[str]) -> dict[str, Product]:
        """Return those of some products that there are."""
        ...

    async def one(self, number: int) -> Product | None:
        """Return a product by its number."""
        ...

    def number(self) -> int:
        """Return a number that no product has."""
        ...

    async def picture(self, content: bytes, *, mimetype: str) -> Picture:
        """Leave a picture with the homeserver, locked; raises `NotNow`."""
        ...

    async def put(self, product: Product) -> None:
        """Keep a product, in place of the one of its id; raises `TooManyProducts`."""
        ...

    async def drop(self, id: str) -> None:
        """Sell a product no more."""
        ...

    async def change(self, products: Sequence[Product], *, without: Sequence[str] = ()) -> None:
        """Sell some products no more, and keep others in place of those of their ids; all of it, or nothing.

        One that has no number keeps its own, or gets one. Raises `TooManyProducts`.
        """
        ...
