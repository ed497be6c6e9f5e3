"""A database that writes and cannot say so any more: it is killed, or cut off, between a commit and its answer."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from amanat.db.database import Writes
from amanat.db.table import Table, Values
from tests.db.engine import DiskError, Faulty

PATIENCE_S: Final = 20

Is = Callable[[Table[Any], Values | None], bool]
"""Says of a row that is put, or deleted (`None`), whether it is the one."""


class Doubtful(Faulty):
    """It writes everything; of one commit nobody hears."""

    _loses: Is | None = None
    _lost = asyncio.Event()

    def lose_answer(self, of: Is) -> None:
        """Have the answer to the next commit lost that writes such a row."""
        self._loses, self._lost = of, asyncio.Event()

    async def has_lost_it(self) -> None:
        """Wait until it is lost: what others hear may be told before the commit that is to fail."""
        async with asyncio.timeout(PATIENCE_S):
            await self._lost.wait()

    async def commit(self, writes: Writes) -> None:
        await super().commit(writes)
        loses = self._loses
        if loses and any(loses(table, row) for table, rows in writes.items() for row in rows.values()):
            self._loses = None
            self._lost.set()
            raise DiskError
