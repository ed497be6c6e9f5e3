"""Taking in blobs: bytes first, then the row. Until it has one, a blob is remembered, so that no sweep takes it."""

import secrets
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct

from amanat.blobs.blobs import Blobs
from amanat.core.errors import MatrixError


class Taken(Struct, frozen=True):
    """A blob that is on disk."""

    name: str
    size: int


def mint() -> str:
    """Make a name that nobody guesses: 144 bits."""
    return secrets.token_urlsafe(18)


class BlobIntake:
    """Takes in blobs for those who write rows about them."""

    def __init__(self, blobs: Blobs) -> None:
        self.blobs = blobs
        self.without_row: set[str] = set()

    @asynccontextmanager
    async def take(self, pieces: AsyncIterable[bytes]) -> AsyncIterator[Taken]:
        """Put bytes on disk and lend them for the row to be written; if the row is refused, they are deleted.

        After any other failure it is not known whether there is a row: then the sweep decides.
        """
        name = mint()
        self.without_row.add(name)
        try:
            async with self.blobs.receive() as incoming:
                async for piece in pieces:
                    await incoming.write(piece)
                size = await incoming.keep(name)
            try:
                yield Taken(name, size)
            except MatrixError:
                await self.blobs.delete([name])
                raise
        finally:
            self.without_row.discard(name)
