"""What is done now and then: sweeps of memory, which are quick, and chores, which write."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count
from typing import Final

import structlog

log = structlog.get_logger()

HOUSEKEEPING_S: Final = 5.0
"""How often what lives for seconds is swept: typing that has run out, listeners that nobody asks."""
CHORES_EVERY: Final = 12
"""Sweeps between two rounds of chores: what writes, and is in no hurry."""


class Housekeeping:
    """Calls sweeps and chores, as the lists hold them at that moment, until it is stopped."""

    def __init__(
        self,
        sweeps: Sequence[Callable[[], object]],
        chores: Sequence[Callable[[], Awaitable[object]]],
        *,
        every_s: float = HOUSEKEEPING_S,
    ) -> None:
        self._sweeps = sweeps
        self._chores = chores
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first sweep is not at once."""
        self._task = asyncio.create_task(self._run(), name="housekeeping")

    async def stop(self) -> None:
        """End, in the middle of a chore too: what it does is done in units of work."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        for turn in count(1):
            await asyncio.sleep(self._every_s)
            for sweep in self._sweeps:
                sweep()
            if turn % CHORES_EVERY == 0:
                for chore in self._chores:
                    await _do(chore)


async def _do(chore: Callable[[], Awaitable[object]]) -> None:
    try:
        await chore()
    except Exception:
        log.exception("chore_failed", chore=getattr(chore, "__qualname__", ""))
