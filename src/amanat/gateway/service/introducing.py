"""What a bot says of itself, shown in its account's profile: its program changes it by its API."""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from msgspec import to_builtins

from amanat.core.errors import InternalError
from amanat.core.identifiers import BOT_FIELD
from amanat.gateway.bots.introduction import Introduction
from amanat.gateway.bots.waiters import Waiters
from amanat.gateway.device.server_api import Refused, TryAgain
from amanat.gateway.service.ledger import Shows

AGAIN_S: Final = 10.0

log = structlog.get_logger()


class Introducing:
    """Keeps the profile of one bot in step with what it says."""

    def __init__(self, shows: Shows, *, says: Callable[[], Awaitable[Introduction]], changed: Waiters) -> None:
        """`changed` wakes it when that may be something else."""
        self._shows = shows
        self._says = says
        self._changed = changed
        self._shown: object = None
        self._was_refused = False

    async def work(self) -> None:
        """Look now and whenever something has changed, until cancelled; where that fails, again after a while."""
        while True:
            seen = self._changed.generation
            await self._changed.wait(None if await self._show() else AGAIN_S, since=seen)

    async def _show(self) -> bool:
        try:
            await self.look()
        except (InternalError, TryAgain):
            return False
        except Refused as error:
            if not self._was_refused:
                log.warning("introduction_not_shown", reason=str(error))
            self._was_refused = True
            return False
        self._was_refused = False
        return True

    async def look(self) -> None:
        """Show what it says now, if that is something else. Who says nothing, and never did, shows nothing."""
        told = await self._says()
        if self._shown is None:
            self._shown = await self._shows.profile_field(BOT_FIELD)
        if to_builtins(told) != self._shown and (self._shown or told != Introduction()):
            await self._shows.set_profile_field(BOT_FIELD, to_builtins(told))
            self._shown = to_builtins(told)
