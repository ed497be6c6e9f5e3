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

WITHIN_S: Final = 15.0
"""Others wait with it, and what is not known by then is lost to the bot: a vote, a reaction, an answer. A server that
was killed after it took a message tells of both once it is back, and is asked again at once; under load that took it
more than three seconds."""
LOOK_S: Final = 0.25


class InFlight:
    """Of one bot."""

    def __init__(self, on: Ground, *, within_s: float = WITHIN_S) -> None:
        self._on = on
        self._within_s = within_s

    async def land(self, event_ids: Sequence[str], *, room_id: str) -> None:
        """Return once each of some events is known, or is surely nothing that is on its way; or when time is up."""
        if not event_ids:
            return
        device, settled = self._on.device, self._on.settled
        awaited = await device.on_its_way(room_id)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._within_s):
                while True:
                    seen = settled.generation
                    if await self._are_known(event_ids):
                        return
                    if awaited is None or await device.on_its_way(room_id) != awaited:
                        return  # whatever the bot says later was heard by nobody yet
                    await settled.wait(LOOK_S, since=seen)

    async def _are_known(self, event_ids: Sequence[str]) -> bool:
        store = self._on.store
        found = [await store.first(MESSAGE_OF_EVENT, event_id=event_id) for event_id in event_ids]
        return all(row is not None for row in found)
