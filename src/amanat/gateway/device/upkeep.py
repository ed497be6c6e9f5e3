"""What is done beside messages: invitations, broken channels, events that cannot be read, old keys, rooms left."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final

import structlog
from msgspec.structs import replace

from amanat.core.errors import InternalError
from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device.forgetting import Forgetting
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import Unreadable
from amanat.gateway.device.recovery import Recovery
from amanat.gateway.device.rooms import INVITED, LEFT, ROOMS_NOT_JOINED, is_encrypted
from amanat.gateway.device.server_api import Refused, TryAgain
from amanat.gateway.device.sync_response import event_of
from amanat.gateway.device.tables import (
    ROOMS,
    WAITING_EVENTS,
    RoomRow,
    WaitingEventRow,
)
from amanat.gateway.device.telling import Teller
from amanat.gateway.signals import Signal

EVERY_S: Final = 15.0
"""As long as anything is left to do."""
QUIET_EVERY_S: Final = 900.0
"""At most, where nothing is left: then what falls due does so after days. A gateway with a thousand services would do
nothing else if all of them looked often."""
ANSWERED_AT_ONCE: Final = 16
"""Invitations."""
NOT_ENCRYPTED: Final = "Obrolan ini tidak dienkripsi. / This chat is not encrypted."
PATIENCE_MS: Final = 60_000
"""How long a key may take before its person is told: clients send it a moment before or after the message."""
TOO_OLD_MS: Final = 3_600_000
"""What was said longer ago than this when it came is nothing to apologise for: it was not said to this device."""

log = structlog.get_logger()

_sql = QueryFile("amanat.gateway.device", "upkeep")
WAITING_UNTOLD = _sql.query("waiting_untold", WaitingEventRow, cached_on=[WAITING_EVENTS])


class Upkeep:
    """Does what is due, when it is woken and every so often."""

    def __init__(
        self,
        ground: Ground,
        *,
        recovery: Recovery,
        forgetting: Forgetting,
        teller: Teller,
        refuses: Callable[[RoomRow], str | None],
    ) -> None:
        self._store = ground.store
        self._api = ground.api
        self._now_ms = ground.now_ms
        self._recovery = recovery
        self._forgetting = forgetting
        self._teller = teller
        self._refuses = refuses
        self._woken = Signal()
        self._untold = False
        """Whether events waited for their keys that nobody has been told of, when that was looked at last."""

    def wake(self) -> None:
        """Look now: something may be due."""
        self._woken.set()

    async def work(self) -> None:
        """Do what is due until cancelled; raises `LoggedOut`."""
        while True:
            self._woken.clear()
            duties = (self.answer_invitations, self._recovery.work, self.tell_of_unread, self._forgetting.work)
            is_done = all([await _attempt(duty) for duty in duties]) and not self._untold
            # Not all at the same moment: each opens its database for it.
            quiet_s = QUIET_EVERY_S * random.uniform(0.5, 1)  # noqa: S311 - no secret hangs on it
            with suppress(TimeoutError):
                async with asyncio.timeout(quiet_s if is_done else EVERY_S):
                    await self._woken.wait()

    async def answer_invitations(self) -> None:
        """Join rooms that are encrypted and that the service may be invited to; decline others."""
        invited = [row for row in await self._store.all(ROOMS_NOT_JOINED) if row.membership == INVITED]
        for at in range(0, len(invited), ANSWERED_AT_ONCE):
            answers = [self._answer(row) for row in invited[at : at + ANSWERED_AT_ONCE]]
            for answered in await asyncio.gather(*answers, return_exceptions=True):
                if answered is not None:
                    raise answered

    async def _answer(self, row: RoomRow) -> None:
        why = self._refuses(row) if is_encrypted(row) else NOT_ENCRYPTED
        try:
            if why is None:
                await self._api.join(row.room_id)
            else:
                log.info("invitation_declined", room_id=row.room_id)
                await self._api.leave(row.room_id, reason=why)
                await self._leave(row)
        except Refused as refused:
            log.info("invitation_void", room_id=row.room_id, errcode=refused.errcode)
            await self._leave(row)

    async def tell_of_unread(self) -> None:
        """Tell of events whose key has not come in time."""
        rows = await self._store.all(WAITING_UNTOLD)
        due = [row for row in rows if row.since_ts < self._now_ms() - PATIENCE_MS]
        self._untold = bool(rows)
        for row in due:
            event = event_of(row.event)
            assert event is not None, "only events wait"
            unreadable = Unreadable(
                room_id=row.room_id, event_id=row.event_id, sender=event.sender, ts=event.origin_server_ts
            )
            key = (row.room_id, row.session_id, row.event_id)
            await self._teller.tell(unreadable, first=partial(_note_told, row), needs=[(WAITING_EVENTS, key)])

    async def _leave(self, row: RoomRow) -> None:
        def leave(tx: Tx) -> None:
            held = tx.get(ROOMS, row.room_id)
            if held is not None and held.membership == INVITED:
                tx.put(ROOMS, replace(held, membership=LEFT))

        await self._store.write(leave, needs=[(ROOMS, (row.room_id,))])


def _note_told(row: WaitingEventRow, tx: Tx) -> bool:
    """Put that an event is told of; whether it is to be: nobody waits for an answer to a room's state."""
    waiting = tx.get(WAITING_EVENTS, row.room_id, row.session_id, row.event_id)
    if waiting is None:
        return False  # its key has come
    tx.put(WAITING_EVENTS, replace(waiting, told=1))
    event = event_of(row.event)
    return event is not None and event.state_key is None and row.since_ts - event.origin_server_ts < TOO_OLD_MS


async def _attempt(duty: Callable[[], Awaitable[None]]) -> bool:
    """Do something if it can be done now; whether it could."""
    try:
        await duty()
    except (TryAgain, InternalError) as error:
        log.warning("upkeep_postponed", reason=str(error))
        return False
    return True
