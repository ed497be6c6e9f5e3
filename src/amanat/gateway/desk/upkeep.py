"""What bounds the desk's tables: what is older than it is kept goes, a few rows in each unit."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from amanat.core.errors import InternalError
from amanat.db.tx import Tx
from amanat.gateway.desk.tables import (
    CHATS,
    LINES,
    LINES_OF,
    NOTES,
    NOTES_OF,
    OLD_CHATS,
    OLD_LINES,
    OLD_NOTES,
    OLD_REQUESTS,
    OLD_TRAIL,
    REQUESTS,
    TRAIL,
    ChatRow,
    LineRow,
    NoteRow,
    RequestRow,
    TrailRow,
)
from amanat.gateway.store.store import GatewayStore

DAY_MS: Final = 86_400_000
KEPT_CHATS_MS: Final = 30 * DAY_MS
"""Counted from when a chat went back to the flow."""
KEPT_LINES_MS: Final = 180 * DAY_MS
"""However long the staff keep a chat."""
KEPT_TRAIL_MS: Final = 180 * DAY_MS
KEPT_REQUESTS_MS: Final = DAY_MS
MOST: Final = 200
EVERY_S: Final = 600.0

log = structlog.get_logger()


class DeskUpkeep:
    """Deletes what is not kept any longer."""

    def __init__(self, store: GatewayStore, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def work(self) -> None:
        """Look from time to time, until cancelled."""
        while True:
            try:
                await self.sweep()
            except InternalError:
                log.warning("desk_upkeep_waits_for_database")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """Delete all that is due."""
        now_ms = self._now_ms()
        while chats := await self._store.all(OLD_CHATS, before=now_ms - KEPT_CHATS_MS, most=MOST):
            for chat in chats:
                await self._forget(chat)
        while lines := await self._store.all(OLD_LINES, before=now_ms - KEPT_LINES_MS, most=MOST):
            await self._store.write(_deleting(lines))
        while notes := await self._store.all(OLD_NOTES, before=now_ms - KEPT_LINES_MS, most=MOST):
            await self._store.write(_deleting(notes))
        while requests := await self._store.all(OLD_REQUESTS, before=now_ms - KEPT_REQUESTS_MS, most=MOST):
            await self._store.write(_deleting(requests))
        while acts := await self._store.all(OLD_TRAIL, before=now_ms - KEPT_TRAIL_MS, most=MOST):
            await self._store.write(_deleting(acts))

    async def _forget(self, chat: ChatRow) -> None:
        """Delete a chat after all that stands in it, unless the staff have it again by now."""
        while lines := await self._store.all(LINES_OF, room_id=chat.room_id, most=MOST):
            if not await self._delete_of(chat, lines):
                return
        while notes := await self._store.all(NOTES_OF, room_id=chat.room_id, most=MOST):
            if not await self._delete_of(chat, notes):
                return

        def run(tx: Tx) -> None:
            if tx.get(CHATS, chat.room_id) == chat:
                tx.delete(CHATS, chat.room_id)

        await self._store.write(run, needs=[(CHATS, (chat.room_id,))])

    async def _delete_of(self, chat: ChatRow, rows: "Sequence[_Row]") -> bool:
        def run(tx: Tx) -> bool:
            if tx.get(CHATS, chat.room_id) != chat:
                return False
            _deleting(rows)(tx)
            return True

        return await self._store.write(run, needs=[(CHATS, (chat.room_id,))])


_Row = LineRow | NoteRow | RequestRow | TrailRow


def _deleting(rows: Sequence[_Row]) -> Callable[[Tx], None]:
    def run(tx: Tx) -> None:
        for row in rows:
            match row:
                case LineRow():
                    tx.delete(LINES, row.room_id, row.position)
                case NoteRow():
                    tx.delete(NOTES, row.room_id, row.position)
                case RequestRow():
                    tx.delete(REQUESTS, row.member, row.txn_id)
                case TrailRow():
                    tx.delete(TRAIL, row.position)

    return run
