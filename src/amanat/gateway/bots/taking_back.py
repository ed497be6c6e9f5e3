"""Numbers that people share no more: the server is asked now and then who still lets the bot read theirs.

It is asked who, and not for any number: so nothing is read, and nothing is added to the person's list of who did. Of
whom does not, the number is forgotten: in the bot's data and in what is kept of messages. What its program has, it has.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from amanat.core.errors import InternalError
from amanat.db.tx import Need, Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import OwnNumber, Unknown
from amanat.gateway.bots.number_sharing import NumberSharing
from amanat.gateway.bots.tables import (
    MESSAGES,
    MESSAGES_OF,
    PEOPLE,
    PEOPLE_WITH_PHONE,
    MessageRow,
    PersonRow,
    decode_kept,
    encode,
)

EVERY_S: Final = 3_600.0
FIRST_S: Final = 600.0
"""Within which it is asked for the first time after a start, so that one which starts often asks too."""


class TakingBack:
    """Forgets for one bot. `numbers` is where they are shared."""

    def __init__(
        self, on: Ground, numbers: NumberSharing, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._on = on
        self._numbers = numbers
        self._pause = pause

    async def work(self) -> None:
        """Look every so often, until cancelled."""
        pause_s = FIRST_S
        while True:
            # Not all bots of a gateway at the same moment.
            await self._pause(pause_s * random.uniform(0.5, 1))  # noqa: S311 - no secret hangs on it
            pause_s = EVERY_S
            try:
                await self.look()
            except InternalError:
                continue  # the next turn does it

    async def look(self) -> None:
        """Ask about everybody whose number is known, 100 at a time, as long as the server answers."""
        after = 0
        while rows := await self._on.store.all(PEOPLE_WITH_PHONE, after=after):
            shares = self._numbers.shares
            sharing = await self._on.device.still_share([row.user_id for row in rows])
            if sharing is None:
                return
            for row in rows:
                if row.user_id not in sharing:
                    await self._forget(row, shares=shares)
            after = rows[-1].number

    async def _forget(self, person: PersonRow, *, shares: int) -> None:
        said = [row for row in await self._on.store.all(MESSAGES_OF, user_id=person.user_id) if _is_number(row)]
        needs: list[Need] = [(PEOPLE, (person.user_id,)), *((MESSAGES, (row.event_id,)) for row in said)]
        await self._on.store.write(partial(self._put, person=person, said=said, shares=shares), needs=needs)

    def _put(self, tx: Tx, *, person: PersonRow, said: Sequence[MessageRow], shares: int) -> None:
        row = tx.get(PEOPLE, person.user_id)
        # Somebody has shared a number since the server was asked: perhaps this one, again. The next turn knows.
        if row is None or row.phone != person.phone or self._numbers.shares != shares:
            return
        tx.put(PEOPLE, replace(row, phone=""))
        for each in said:
            if tx.get(MESSAGES, each.event_id) is not None:
                kept = replace(decode_kept(each.kept), body=Unknown())
                tx.put(MESSAGES, replace(each, kept=encode(kept)))


def _is_number(row: MessageRow) -> bool:
    return isinstance(decode_kept(row.kept).body, OwnNumber)
