"""What has changed since a page last asked. In memory: after a restart a page is told to look at everything."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from msgspec import Struct

from amanat.db.tx import Tx

EVERYTHING: Final = ("inbox", "tickets", "day", "flow", "staff", "bot")
CHAT: Final = "chat:"
MAX_TOPICS: Final = 2000
"""Beside the few that always are, chats; who last asked before the oldest that was dropped looks at everything."""


class News(Struct, frozen=True, kw_only=True):
    """What has changed, and what to ask with next time."""

    next: int
    changed: list[str]


class Changes:
    """Counts changes by topic, and wakes who waits for one."""

    def __init__(self, *, start: int) -> None:
        """`start` is more than any counter before had come to: a time in milliseconds is."""
        self._now = self._floor = start
        self._at: dict[str, int] = {}
        self._waiting: set[asyncio.Future[None]] = set()

    def after(self, tx: Tx, *topics: str) -> None:
        """Tell of a change once its unit is on disk."""
        tx.after_commit(partial(self.tell, *topics))

    def tell(self, *topics: str) -> None:
        """Tell of a change."""
        self._now += 1
        for topic in topics:
            self._at.pop(topic, None)
            self._at[topic] = self._now
        while len(self._at) > MAX_TOPICS:
            self._floor = self._at.pop(next(iter(self._at)))
        self.wake()

    def tell_of_anything(self) -> None:
        """Have everybody look at everything: something has changed, and nobody knows what."""
        self.tell(*dict.fromkeys((*EVERYTHING, *self._at)))

    def wake(self) -> None:
        """Have everybody who waits look."""
        for waiting in self._waiting:
            _wake(waiting)

    def since(self, since: int) -> News:
        """Return what has changed since."""
        if not self._floor <= since <= self._now:
            return News(next=self._now, changed=list(EVERYTHING))
        return News(next=self._now, changed=[topic for topic, at in self._at.items() if at > since])

    async def wait(self, since: int, *, seconds: float, on_gone: Callable[[Callable[[], object]], object]) -> News:
        """Return what has changed since, once something has or the time is over.

        `on_gone` is given what to call when nobody waits any more.
        """
        news = self.since(since)
        if news.changed:
            return news
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        on_gone(partial(_wake, waiting))
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(waiting)
        return self.since(since)


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
