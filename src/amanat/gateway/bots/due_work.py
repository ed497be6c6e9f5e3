"""Does what is due, each thing until it is done or has been in vain for a week; also after a death in the middle."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from amanat.core.errors import InternalError
from amanat.core.retries import pause
from amanat.gateway.bots.api import NotNow
from amanat.gateway.bots.dues import DUE_NOW, NEXT_DUE, DueRow
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.guests import Guests
from amanat.gateway.bots.groups.time_limits import TimeLimits
from amanat.gateway.bots.tables import CHAT_OF_ROOM
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.voting import Voting

FIRST_RETRY_S: Final = 2.0
LAST_RETRY_S: Final = 600.0
GIVES_UP_AFTER_MS: Final = 7 * 24 * 3_600_000
LOOK_AFTER_S: Final = 60.0
"""At most, so that a clock that was set, or a machine that slept, holds nothing up."""
DATABASE_AWAY_S: Final = 0.5

log = structlog.get_logger()

Act = Callable[[DueRow], Awaitable[None]]
"""Does one thing, or finds that there is nothing to do; raises `NotNow`."""


class DueWork:
    """One bot's."""

    def __init__(self, on: Ground, acts: Mapping[str, Act]) -> None:
        """`acts`: what is done of each kind."""
        self._on = on
        self._acts = acts

    async def work(self) -> None:
        """Do what is due, until cancelled."""
        dues, now_ms = self._on.dues, self._on.now_ms
        while True:
            seen = dues.waiters.generation
            try:
                next_ts = await self._do_all()
            except InternalError:
                await asyncio.sleep(DATABASE_AWAY_S)
                continue
            # The database rests meanwhile.
            while dues.waiters.generation == seen and (next_ts is None or now_ms() < next_ts):
                left_s = None if next_ts is None else min(LOOK_AFTER_S, (next_ts - now_ms()) / 1000)
                await dues.waiters.wait(left_s, since=seen)

    async def _do_all(self) -> int | None:
        """Do what is due, and return when something else is, if anything."""
        store = self._on.store
        while rows := await store.all(DUE_NOW, now=self._on.now_ms()):
            for row in rows:
                await self._do(row)
        following = await store.first(NEXT_DUE)
        return following.due_ts if following else None

    async def _do(self, row: DueRow) -> None:
        on, dues = self._on, self._on.dues
        try:
            async with dues.alone(row.room_id):
                chat = await on.store.first(CHAT_OF_ROOM, room_id=row.room_id)
                if chat is not None and chat.is_in and await dues.stands(row):
                    await self._acts[row.kind](row)
                await dues.drop(row)
        except NotNow:
            now_ms = on.now_ms()
            if now_ms - row.until_ts > GIVES_UP_AFTER_MS:
                log.warning("due_given_up", room_id=row.room_id, kind=row.kind)
                await dues.drop(row)
                return
            chance = random.random()  # noqa: S311 - no secret hangs on it
            pause_s = pause(row.tries + 1, first=FIRST_RETRY_S, last=LAST_RETRY_S, chance=chance)
            await dues.postpone(row, due_ts=now_ms + round(pause_s * 1000))


def due_work(on: Ground, updates: Updates) -> DueWork:
    """Return what does all that is due of a bot."""
    limits, guests = TimeLimits(on), Guests(on, updates)
    acts: dict[str, Act] = {"unban": limits.undo, "unmute": limits.undo, "close": Voting(on, updates).close}
    return DueWork(on, acts | {"let_in": guests.let_in, "turn_away": guests.turn_away})
