"""When parked syncs have waited long enough: one timer for all that end in the same moment.

A timer per poll costs more than waking it does, and more memory than all else that a parked poll holds here.
"""

from asyncio import Future, get_running_loop
from math import ceil
from typing import TypeAlias

TICK_S = 0.1
"""How much longer than it asked a poll may wait."""
ENDED_AT_ONCE = 200
"""Polls ended per turn of the loop; each then makes its answer."""

Waiter: TypeAlias = "Future[bool]"
"""A parked sync; its result is whether the client hung up."""


class Deadlines:
    """Resolves waiters once their time is up."""

    def __init__(self) -> None:
        self._ticks: dict[int, set[Waiter]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._ticks.values()))

    def add(self, waiter: Waiter, *, timeout_s: float) -> int:
        """Let a waiter end after `timeout_s`; return what `remove` asks for."""
        loop = waiter.get_loop()
        tick = ceil((loop.time() + timeout_s) / TICK_S)
        waiters = self._ticks.get(tick)
        if waiters is None:
            self._ticks[tick] = {waiter}
            loop.call_at(tick * TICK_S, self._end_some, tick)
        else:
            waiters.add(waiter)
        return tick

    def remove(self, waiter: Waiter, *, tick: int) -> None:
        """Forget a waiter that waits no more."""
        waiters = self._ticks.get(tick)
        if waiters is not None:
            waiters.discard(waiter)

    def _end_some(self, tick: int) -> None:
        waiters = self._ticks[tick]
        for _ in range(min(len(waiters), ENDED_AT_ONCE)):
            resolve(waiters.pop(), gone=False)
        if waiters:
            get_running_loop().call_soon(self._end_some, tick)
        else:
            del self._ticks[tick]


def resolve(waiter: Waiter, *, gone: bool) -> None:
    """End a parked sync, if nothing else has."""
    if not waiter.done():
        waiter.set_result(gone)
