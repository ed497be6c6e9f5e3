"""Connections that are kept for the next request, to any number of servers: for how long, and how many."""

import asyncio
from collections import deque
from typing import Final

from msgspec import Struct

from amanat.outbound.connection import Connection

MOST: Final = 512
"""To all servers together; more are closed once they have answered."""
OLDEST_S: Final = 300.0
"""After so long a name is looked up again, however often its connection is used."""


class Place(Struct, frozen=True):
    """Whom a connection is to. By name: one that was checked for a certificate's name must not serve another's."""

    scheme: str
    host: str
    port: int


class KeptConnections:
    """Those that nobody uses at the moment, for `keep_s`; with 0 there are none."""

    def __init__(self, *, keep_s: float, most: int = MOST) -> None:
        self._keep_s = keep_s
        self._most = most
        self._idle: dict[Place, deque[tuple[float, Connection]]] = {}
        self._sweeping: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self._idle.values()))

    def take(self, place: Place) -> Connection | None:
        """Return one to a server, if there is a good one: the one that was used last."""
        idle = self._idle.get(place)
        while idle:
            _, connection = idle.pop()
            if not idle:
                del self._idle[place]
            if connection.is_good:
                return connection
        return None

    def put(self, place: Place, connection: Connection) -> None:
        """Keep one, or let it go."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if now - connection.made_at > OLDEST_S or not self._keep_s or len(self) >= self._most:
            connection.abort()
        elif connection.is_good:
            self._idle.setdefault(place, deque()).append((now, connection))
            if self._sweeping is None:
                self._sweeping = loop.call_later(self._keep_s, self._sweep)

    def close(self) -> None:
        """Let all go."""
        for idle in self._idle.values():
            for _, connection in idle:
                connection.abort()
        self._idle.clear()
        if self._sweeping is not None:
            self._sweeping.cancel()
            self._sweeping = None

    def _sweep(self) -> None:
        """Let go of who has been idle for long: within twice the time that they are kept."""
        loop = asyncio.get_running_loop()
        before = loop.time() - self._keep_s
        for place, idle in list(self._idle.items()):
            while idle and (idle[0][0] <= before or not idle[0][1].is_good):
                idle.popleft()[1].abort()
            if not idle:
                del self._idle[place]
        self._sweeping = loop.call_later(self._keep_s, self._sweep) if self._idle else None
