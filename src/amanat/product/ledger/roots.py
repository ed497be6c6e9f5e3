"""Daily roots: each day's leaves become a Merkle tree, which no row can leave or enter afterwards unseen."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from amanat.core import merkle
from amanat.core.errors import NotFound
from amanat.db.tx import Tx
from amanat.product.ledger.ledger import NEWEST
from amanat.product.ledger.partners import day_of
from amanat.product.ledger.tables import (
    LAST_ROOT,
    LEAVES_FROM,
    ROOT_OVER,
    ROOTS,
    ROOTS_BEFORE,
    TILES,
    TILES_BETWEEN,
    LeafRow,
    RootRow,
    TileRow,
)
from amanat.store.store import Store

TILE: Final = 256
PUTS_PER_UNIT: Final = 100


class Proof(Struct, frozen=True, kw_only=True):
    """That a leaf is in the tree of its day; `hashes` as in RFC 6962, 2.1.1."""

    root: RootRow
    index: int
    size: int
    hashes: Sequence[bytes]


class Roots:
    """Closes days and proves what is in them."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def close_days(self) -> None:
        """Make the roots of all days that are over. A day that was interrupted is made again, to the same root."""
        while await self._close_one():
            pass

    async def _close_one(self) -> bool:
        last = await self._store.first(LAST_ROOT)
        first = 1 if last is None else last.last_number + 1
        tiles: list[TileRow] = []
        day, number = None, first
        while leaves := await self._day(number, day):
            day = day_of(leaves[0].ts)
            tiles.append(TileRow(number, merkle.root([leaf.leaf_hash for leaf in leaves])))
            number += len(leaves)
            if len(leaves) < TILE:
                break
            await asyncio.sleep(0)
        if day is None:
            return False
        await self._put_tiles(tiles)
        root = RootRow(number - 1, first, day, merkle.root([tile.hash for tile in tiles]))
        await self._store.write(lambda tx: tx.put(ROOTS, root))
        return True

    async def _day(self, first: int, day: int | None) -> Sequence[LeafRow]:
        """Return the next leaves, up to a tile of them, that are of one day which is over.

        A leaf's place is its number. Where the clock was set back, a later number may say an earlier day: it goes
        along with the day that is being closed.
        """
        leaves = await self._store.all(LEAVES_FROM, first=first, last=NEWEST, max_rows=TILE)
        if not leaves:
            return []
        until = day_of(leaves[0].ts) if day is None else day
        if until >= day_of(self._now_ms()):
            return []
        over = next((at for at, leaf in enumerate(leaves) if day_of(leaf.ts) > until), len(leaves))
        return leaves[:over]

    async def _put_tiles(self, tiles: Sequence[TileRow]) -> None:
        for at in range(0, len(tiles), PUTS_PER_UNIT):

            def run(tx: Tx, some: Sequence[TileRow] = tiles[at : at + PUTS_PER_UNIT]) -> None:
                for tile in some:
                    tx.put(TILES, tile)

            await self._store.write(run)

    async def page(self, *, before: int = NEWEST, limit: int) -> Sequence[RootRow]:
        """Return daily roots, the newest first."""
        return await self._store.all(ROOTS_BEFORE, before=before, max_rows=limit)

    async def prove(self, number: int) -> Proof:
        """Prove that the leaf of this number is in its day's tree; raises NotFound while the day goes on."""
        root = await self._store.first(ROOT_OVER, number=number)
        if root is None:
            raise NotFound("The day of this row is not over: its root comes after midnight, UTC.")
        index = number - root.first_number
        first_of_tile = number - index % TILE
        leaves = await self._store.all(
            LEAVES_FROM, first=first_of_tile, last=min(first_of_tile + TILE - 1, root.last_number), max_rows=TILE
        )
        tiles = await self._store.all(TILES_BETWEEN, first=root.first_number, last=root.last_number)
        hashes = merkle.path([leaf.leaf_hash for leaf in leaves], index % TILE)
        hashes += merkle.path([tile.hash for tile in tiles], index // TILE)
        return Proof(root=root, index=index, size=root.last_number - root.first_number + 1, hashes=hashes)
