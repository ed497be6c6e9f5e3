"""What people do about something that the bot has said, while the gateway does not know yet by which event.

The server may have it and the gateway not know: its answer was lost, or the gateway was killed before it noted it. It
is sent again at once, under the same transaction, and then the gateway knows. What is heard about it meanwhile waits.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.tables import MESSAGE_OF_EVENT

WITHIN_S: Final = 3.0
"""Others wait with it: a server that takes longer than this has other troubles."""
LOOK_S: Final = 0.25


class InFlight:
    """Of one bot."""

    def __init__(self, on: Ground) -> None:
        self._on = on

    async def land(self, event_ids: Sequence[str], *, room_id: str) -> None:
        """Return once each of some events is known, or is surely nothing that is on its way; or when time is up."""
        if not event_ids:
            return
        settled = self._on.settled
        with suppress(TimeoutError):
            async with asyncio.timeout(WITHIN_S):
                while True:
                    seen = settled.generation
                    if await self._are_known(event_ids) or not await self._on.device.is_sending(room_id):
                        return
                    await settled.wait(LOOK_S, since=seen)

    async def _are_known(self, event_ids: Sequence[str]) -> bool:
        store = self._on.store
        found = [await store.first(MESSAGE_OF_EVENT, event_id=event_id) for event_id in event_ids]
        return all(row is not None for row in found)
