"""Who looked at what people wrote, in the trail: once an hour, for a page looks again at each change."""

from collections.abc import Callable
from typing import Final

from amanat.gateway.desk import trail
from amanat.gateway.store.store import GatewayStore

OPENED_MS: Final = 3_600_000
MAX_OPENED: Final = 10_000
"""At some 200 bytes; the oldest gives way, and is noted again."""


class Looks:
    """Notes looks."""

    def __init__(self, store: GatewayStore, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._opened: dict[tuple[str, str], int] = {}

    async def note(self, member: str, what: trail.What, *, about: str) -> None:
        """Note that somebody has looked at something."""
        now_ms, look = self._now_ms(), (member, about)
        if now_ms < self._opened.get(look, 0) + OPENED_MS:
            return
        await self._store.write(lambda tx: trail.note(tx, member, what=what, about=about, now_ms=now_ms))
        self._opened.pop(look, None)
        self._opened[look] = now_ms
        while len(self._opened) > MAX_OPENED:
            del self._opened[next(iter(self._opened))]
