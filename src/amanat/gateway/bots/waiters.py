"""Who waits for something to be on disk is woken, and misses nothing between looking and waiting."""

import asyncio
from contextlib import suppress

from amanat.gateway.signals import Signal


class Waiters:
    """Those who wait for one kind of thing. `wake` is for `Tx.after_commit`, and for whoever learns of it otherwise."""

    def __init__(self) -> None:
        self._came = Signal()
        self.generation = 0
        """Grows with everything that whoever waits is to look at."""

    def wake(self) -> None:
        """Let whoever waits look again."""
        self.generation += 1
        self._came.set()
        self._came.clear()

    async def wait(self, seconds: float | None, *, since: int) -> None:
        """Return when anything has come since the `generation` that was seen before one looked, or when time is up.

        Without `seconds` there is all the time.
        """
        if self.generation != since:
            return
        if seconds is None:
            await self._came.wait()
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._came.wait()
