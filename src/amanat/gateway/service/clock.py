"""What falls due without anybody's saying anything: silences, reminders, lots, and a version that was published."""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec
import structlog

from amanat.core.errors import InternalError
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments.notices import Notice
from amanat.gateway.flows.session import Answered
from amanat.gateway.service.acting import effect_of
from amanat.gateway.service.notice_words import kind_of
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.tables import (
    CONVERSATIONS,
    DUE_CONVERSATIONS,
    NOTICE_STREAM,
    NOTICES,
    OLDEST_NOTICES,
    NoticeRow,
)
from amanat.gateway.service.turns import Turns
from amanat.gateway.store.store import GatewayStore

EVERY_S: Final = 1.0

log = structlog.get_logger()


class Clock:
    """Looks once a second. What it does is one unit each, so that a crash repeats nothing."""

    def __init__(
        self,
        store: GatewayStore,
        turns: Turns,
        *,
        shelf: Shelf,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._turns = turns
        self._shelf = shelf
        self._now_ms = now_ms

    async def work(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                while await self.once():
                    pass
            except InternalError:
                log.warning("clock_waits_for_database")
            await asyncio.sleep(EVERY_S)

    async def once(self) -> bool:
        """Do what is due; return whether there may be more at once."""
        due = await self._store.all(DUE_CONVERSATIONS, now=self._now_ms())
        for row in due:
            await self._pass_time(row.room_id)
        appointments = self._shelf.appointments
        units = await appointments.clock.due(self._store, now_ms=self._now_ms()) if appointments else []
        for unit in units:
            await self._keep_notices(unit)
        notices = await self._store.all(OLDEST_NOTICES)
        for notice in notices:
            await self._tell(notice)
        return bool(due or units or notices)

    async def _pass_time(self, room_id: str) -> None:
        def pass_time(tx: Tx) -> None:
            self._turns.pass_time(tx, room_id)

        await self._store.write(pass_time, needs=self._turns.needs(room_id))

    async def _keep_notices(self, unit: Unit[tuple[Notice, ...]]) -> None:
        """Do what is due at the appointments; whom it concerns is known then, and told from rows of their own."""

        def run(tx: Tx) -> None:
            for notice in unit.run(tx):
                tx.put(NOTICES, NoticeRow(tx.next(NOTICE_STREAM), notice.chat, msgspec.json.encode(notice)))
            self._turns.let_desk_look(tx, "day")

        await self._store.write(run, needs=unit.needs)

    async def _tell(self, row: NoticeRow) -> None:
        notice = msgspec.json.decode(row.notice, type=Notice)

        def tell(tx: Tx) -> None:
            tx.delete(NOTICES, row.position)
            if notice.kind == "answer" and self._is_answered(tx, notice):
                return
            if notice.kind != "answer":
                self._turns.tell_in_words(tx, kind_of(notice), values=notice.answer.values, room_id=row.room_id)
            self._turns.handouts.put(tx, notice.answer.papers, room_id=row.room_id)

        await self._store.write(tell, needs=self._turns.needs(row.room_id))

    def _is_answered(self, tx: Tx, notice: Notice) -> bool:
        """Bring a flow what it waits for, if the chat still has that conversation; return whether it has."""
        conversation, effect = effect_of(notice.request)
        row = tx.get(CONVERSATIONS, notice.chat)
        if row is None or row.conversation != conversation:
            return False
        came = notice.answer
        answered = Answered(effect=effect, outcome=came.outcome, values=dict(came.values))
        self._turns.answer(tx, answered, papers=came.papers, room_id=notice.chat)
        return True
