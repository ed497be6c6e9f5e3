"""In groups: who may bring a service in, and what it says there once, before anything else.

Told are all who are in the group, also those whose app holds nothing back: who runs the service and so can read what
is written, what its program is told of it, and how it is put out again.
"""

import asyncio
from collections.abc import Callable, Set
from functools import partial
from typing import Final

import structlog
from msgspec.structs import replace

from amanat.core.errors import InternalError
from amanat.db.tx import Tx
from amanat.gateway.device.device import Policy, ServiceDevice
from amanat.gateway.device.happenings import Outgoing
from amanat.gateway.device.rooms import GROUPS_NOT_NOTICED, JOINED, NEW_GROUPS
from amanat.gateway.device.tables import ROOMS, RoomRow
from amanat.gateway.flows.session import Message
from amanat.gateway.messages.contents import contents_of
from amanat.gateway.service.group_notice_words import DECLINES, About, notice
from amanat.gateway.signals import Signal
from amanat.gateway.store.store import GatewayStore

AGAIN_S: Final = 2.0
AT_ONCE: Final = 100

POLICY: Final = Policy(refuses=lambda row: None if row.by_admin else DECLINES)
"""Whoever may put the service out again, and change the room, may bring it in: in a chat of two, who began it."""

log = structlog.get_logger()


class GroupNotices:
    """Says the notice of one service or bot, once in each group that it is in."""

    def __init__(self, store: GatewayStore, device: ServiceDevice, *, about: About, mint: Callable[[], str]) -> None:
        self._store = store
        self._say = device.say
        self._about = about
        self._mint = mint
        self._moved: set[str] = set()
        self._overlooked = True
        self._woken = Signal()
        device.tell_of_groups(self._look_at)
        store.recovered.append(self._look_everywhere)

    async def work(self) -> None:
        """Say what is to be said, until cancelled."""
        while True:
            self._woken.clear()
            try:
                await self._look()
            except InternalError:
                log.warning("group_notices_wait_for_database")
                self._overlooked = True
                await asyncio.sleep(AGAIN_S)
                continue
            await self._woken.wait()

    async def _look(self) -> None:
        if self._overlooked:
            # Also at the start: whoever was killed between somebody's coming and the notice knows of neither.
            self._overlooked, self._moved = False, set()
            groups = await self._store.all(GROUPS_NOT_NOTICED)
        else:
            some = [self._moved.pop() for _ in range(min(AT_ONCE, len(self._moved)))]
            groups = await self._store.all(NEW_GROUPS, room_ids=some) if some else []
            if self._moved:
                self._woken.set()
        for row in groups:
            await self._store.write(partial(self._tell, row), needs=[(ROOMS, (row.room_id,))])

    def _tell(self, row: RoomRow, tx: Tx) -> None:
        held = tx.get(ROOMS, row.room_id)
        if held is None or held.membership != JOINED or held.noticed:
            return
        tx.put(ROOMS, replace(held, noticed=1))
        for content in contents_of(Message(text=notice(self._about))):
            self._say(tx, Outgoing(room_id=row.room_id, txn_id=self._mint(), content=content))

    def _look_at(self, room_ids: Set[str]) -> None:
        self._moved |= room_ids
        self._woken.set()

    def _look_everywhere(self) -> None:
        self._overlooked = True
        self._woken.set()
