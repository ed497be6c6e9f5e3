"""What a bot says of itself, shown in its account's profile: its program changes it by its API."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from msgspec import to_builtins

from amanat.core.errors import InternalError
from amanat.core.identifiers import BOT_FIELD
from amanat.gateway.bots.introduction import Introduction
from amanat.gateway.device.server_api import Refused, TryAgain
from amanat.gateway.service.ledger import Shows

LOOK_EVERY_S: Final = 10.0

log = structlog.get_logger()


class Introducing:
    """Keeps the profile of one bot in step with what it says."""

    def __init__(self, shows: Shows, *, says: Callable[[], Awaitable[Introduction]]) -> None:
        self._shows = shows
        self._says = says
        self._shown: object = None
        self._was_refused = False

    async def work(self) -> None:
        """Look every few seconds, until cancelled."""
        while True:
            try:
                await self.look()
                self._was_refused = False
            except (InternalError, TryAgain):
                pass
            except Refused as error:
                if not self._was_refused:
                    log.warning("introduction_not_shown", reason=str(error))
                self._was_refused = True
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Show what it says now, if that is something else. Who says nothing, and never did, shows nothing."""
        told = await self._says()
        if self._shown is None:
            self._shown = await self._shows.profile_field(BOT_FIELD)
        if to_builtins(told) != self._shown and (self._shown or told != Introduction()):
            await self._shows.set_profile_field(BOT_FIELD, to_builtins(told))
            self._shown = to_builtins(told)
