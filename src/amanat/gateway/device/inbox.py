"""Takes what came, one room's events in order and rooms side by side, and hands it to the service.

An event is handled in the unit that takes it out of the inbox. So whatever is killed, and whenever, it is handled once.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Final

import structlog

from amanat.core.errors import InternalError
from amanat.db.database import DatabaseAway
from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device import arrivals
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.letters import Letters
from amanat.gateway.device.reading import Read, Reader, Reading, Unread
from amanat.gateway.device.room_keys import Replayed, opened_need, remember
from amanat.gateway.device.rooms import WRITERS_OF
from amanat.gateway.device.tables import INBOX, WAITING_EVENTS, WRITERS, InboxRow, WaitingEventRow, WriterRow
from amanat.gateway.device.telling import Teller
from amanat.gateway.signals import Signal

FULL: Final = 2_000
"""Rows at which no more is asked of the server until they are handled."""
PER_LOOK: Final = 200
"""Rows that are read at once."""
DATABASE_AWAY_S: Final = 0.5
REFUSALS: Final = 3
"""After so many, by a database that takes other rows, it is these rows."""
MAX_WAITING: Final = 50
"""Unread events per key."""

log = structlog.get_logger()

_sql = QueryFile("amanat.gateway.device", "inbox")
OLDEST_CAME = _sql.query("oldest_came", InboxRow)


class Inbox:
    """What came and is not handled yet."""

    def __init__(self, ground: Ground, *, reader: Reader, letters: Letters, teller: Teller) -> None:
        self._store = ground.store
        self._now_ms = ground.now_ms
        self._reader = reader
        self._letters = letters
        self._teller = teller
        self._came = Signal()
        self._emptied = Signal()
        self.broken: Callable[[], None] = _nothing
        """Called when a channel turned out to be broken."""
        self.unread: Callable[[], None] = _nothing
        """Called when an event has come whose key has not."""
        self.heard: Callable[[str], None] = _nothing
        """Called with the room in which somebody was heard."""

    def came(self) -> None:
        """Have it looked into: rows were added."""
        self._came.set()

    async def empty(self) -> None:
        """Return once everything that came has been handled."""
        await self._emptied.wait()

    async def work(self) -> None:
        """Handle what comes, until cancelled; raises `TryAgain` and is to be called again then."""
        while True:
            self._came.clear()
            rows = await self._store.all(OLDEST_CAME, most=PER_LOOK)
            if rows:
                self._emptied.clear()
                await self._handle(rows)
            if len(rows) < PER_LOOK and not self._came.is_set():
                self._emptied.set()
                await self._came.wait()

    async def _handle(self, rows: Sequence[InboxRow]) -> None:
        # Letters first: they bring the keys of the events after them, and never depend on one.
        letters = [row for row in rows if row.room_id is None]
        if letters:
            await self._surely(partial(self._letters.take_in, letters, broken=self.broken), letters)
        rooms: dict[str, list[Reading]] = {}
        for reading in await self._reader.read([row for row in rows if row.room_id is not None]):
            rooms.setdefault(reading.row.room_id or "", []).append(reading)
        async with asyncio.TaskGroup() as side_by_side:
            for readings in rooms.values():
                side_by_side.create_task(self._handle_room(readings))

    async def _handle_room(self, readings: Sequence[Reading]) -> None:
        for reading in readings:
            await self._surely(partial(self._handle_one, reading), [reading.row])

    async def _handle_one(self, reading: Reading) -> None:
        if isinstance(reading, Read):
            await self._tell(reading)
        elif isinstance(reading, Unread):
            await self._keep_waiting(reading)
        else:
            await self._drop([reading.row])

    async def _tell(self, read: Read) -> None:
        received, opened = read.received, read.opened
        writers = await self._store.all(WRITERS_OF, room_id=received.room_id)
        has_written = any(writer.user_id == received.sender for writer in writers)

        def take(tx: Tx) -> bool:
            if not arrivals.take(tx, read.row):
                return False
            if opened is None:
                return True
            if not has_written:
                tx.put(WRITERS, WriterRow(received.room_id, received.sender))
            tx.after_commit(partial(self.heard, received.room_id))
            try:
                return remember(tx, opened, room_id=received.room_id, event_id=received.event_id, ts=received.ts)
            except Replayed:
                tx.after_commit(partial(_log_dropped, read.row, "Replayed"))
                return False

        needs = [opened_need(received.room_id, opened)] if opened is not None else []
        await self._teller.tell(received, first=take, needs=[arrivals.need_of(read.row), *needs])

    async def _keep_waiting(self, unread: Unread) -> None:
        row, event = unread.row, unread.event
        of_key = (row.room_id, unread.session_id)
        since_ts = self._now_ms()

        def wait(tx: Tx) -> None:
            if not arrivals.take(tx, row):
                return
            if sum(1 for _ in tx.scan(WAITING_EVENTS, *of_key)) < MAX_WAITING and row.room_id is not None:
                waiting = WaitingEventRow(row.room_id, unread.session_id, event.event_id, row.event, since_ts, 0)
                tx.put(WAITING_EVENTS, waiting)
                tx.after_commit(self.unread)

        await self._store.write(wait, needs=[arrivals.need_of(row), (WAITING_EVENTS, of_key)])

    async def _drop(self, rows: Sequence[InboxRow]) -> None:
        def drop(tx: Tx) -> None:
            for row in rows:
                tx.delete(INBOX, row.position)

        await self._store.write(drop)

    async def _surely(self, attempt: Callable[[], Coroutine[Any, Any, None]], rows: Sequence[InboxRow]) -> None:
        """Make an attempt until the database takes it. What it refuses while it takes all else is dropped."""
        strikes = 0
        while True:
            try:
                if strikes < REFUSALS:
                    return await attempt()
                _log_dropped(rows[0], "RowsRefused")
                return await self._drop(rows)
            except DatabaseAway:
                await asyncio.sleep(DATABASE_AWAY_S)
            except InternalError:
                await asyncio.sleep(DATABASE_AWAY_S)
                strikes = strikes + 1 if await self._database_writes(rows) else 0

    async def _database_writes(self, rows: Sequence[InboxRow]) -> bool:
        def put_again(tx: Tx) -> None:
            for row in rows:
                if tx.get(INBOX, row.position) is not None:
                    tx.put(INBOX, row)

        try:
            await self._store.write(put_again, needs=[arrivals.need_of(row) for row in rows])
        except InternalError:
            return False
        return True


def _log_dropped(row: InboxRow, reason: str) -> None:
    log.error("event_dropped", room_id=row.room_id, position=row.position, reason=reason)


def _nothing(*_: object) -> None:
    return None
