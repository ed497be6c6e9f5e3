"""What waits for a bot: put in the unit of what it tells of, taken by the bot, or delivered to it."""

from functools import partial
from typing import Final

from amanat.db.tx import Tx
from amanat.gateway.bots.delivery.backlog import Backlog
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Heard, Update
from amanat.gateway.bots.tables import (
    LAST_UPDATES,
    NUMBER_OF_UPDATES,
    UPDATE_STREAM,
    UPDATES,
    UPDATES_AFTER,
    UpdateRow,
)
from amanat.gateway.bots.waiters import Waiters

AT_ONCE: Final = 500
"""Updates that are forgotten in one unit."""


class Updates:
    """One bot's."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self._waiters = Waiters()
        self.backlog = Backlog(on.store)
        on.store.recovered.append(self.look)

    def put(self, tx: Tx, heard: Heard, *, chat: int) -> None:
        """Put what tells the bot of something, if its API has words for it."""
        on = self._on
        position = tx.next(UPDATE_STREAM)
        drafted = on.api.draft(heard, me=on.me, position=position)
        if drafted is not None:
            now_ms = on.now_ms()
            row = UpdateRow(position, chat, drafted.kind, drafted.body, now_ms, 0, now_ms)
            tx.put(UPDATES, row)
            tx.after_commit(partial(self._came, row))

    def look(self) -> None:
        """Let whoever waits look again, whatever they know."""
        self.backlog.forget()
        self.wake()

    def wake(self) -> None:
        """Let whoever waits go on."""
        self._waiters.wake()

    @property
    def generation(self) -> int:
        """What `wait` is told of, as it is before one looks."""
        return self._waiters.generation

    async def wait(self, seconds: float | None, *, since: int) -> None:
        """Return when anything has come since a `generation`, or when time is up; without `seconds` there is no end."""
        await self._waiters.wait(seconds, since=since)

    async def after(self, position: int, *, most: int) -> list[Update]:
        """Return what waits behind a position, the oldest first."""
        return [_update(row) for row in await self._on.store.all(UPDATES_AFTER, after=position, most=most)]

    async def last(self, *, most: int) -> list[Update]:
        """Return the newest of what waits, the oldest of them first."""
        return [_update(row) for row in reversed(await self._on.store.all(LAST_UPDATES, most=most))]

    async def count(self) -> int:
        """Return how many wait."""
        found = await self._on.store.first(NUMBER_OF_UPDATES)
        return found.number if found else 0

    async def confirm(self, to: int) -> None:
        """Forget every update up to a position."""
        while True:
            rows = await self._on.store.all(UPDATES_AFTER, after=0, most=AT_ONCE)
            done = [row.position for row in rows if row.position <= to]
            if not done:
                return

            def forget(tx: Tx, done: list[int] = done) -> None:
                for position in done:
                    tx.delete(UPDATES, position)

            await self._on.store.write(forget)

    def _came(self, row: UpdateRow) -> None:
        self.backlog.came(row)
        self.wake()


def _update(row: UpdateRow) -> Update:
    return Update(position=row.position, chat=row.chat, kind=row.kind, body=row.body, ts=row.ts)
