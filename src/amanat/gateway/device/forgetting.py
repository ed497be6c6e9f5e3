"""Lets go of what is not needed any more, a little at a time: rooms that were left, old keys, unread events."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import astuple

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.tx import Need, Tx
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.rooms import LEFT, ROOMS_NOT_JOINED
from amanat.gateway.device.tables import (
    KEY_SHARES,
    MEMBERS,
    OPENED_MESSAGES,
    OUTBOUND_SESSIONS,
    OUTBOX,
    ROOM_KEYS,
    ROOMS,
    WAITING_EVENTS,
    WRITERS,
    RoomKeyRow,
    WaitingEventRow,
)

AT_ONCE: Final = 100
"""Rows per unit: nobody waits for longer than a millisecond."""
KEPT_MS: Final = 90 * 86_400_000
"""How long a key is kept: twelve times as long as a session is written with where a room says nothing else."""
LEFT_KEPT_MS: Final = 8 * 86_400_000
"""How long a key of a room that was left is kept: who has given it away writes on with it, a week where a room says
nothing else, also once the service was invited again, and gives it to nobody who had it."""
WAITING_MS: Final = 7 * 86_400_000
HOUR_MS: Final = 3_600_000

_OF_ROOM: Final[tuple[Table[Any], ...]] = (
    OUTBOX, WAITING_EVENTS, KEY_SHARES, OUTBOUND_SESSIONS, WRITERS, MEMBERS
)  # fmt: skip
"""What goes with a room; the room itself goes last, and others' keys, with what they opened, later."""

_sql = QueryFile("amanat.gateway.device", "forgetting")
OLD_ROOM_KEYS = _sql.query("old_room_keys", RoomKeyRow, cached_on=[ROOM_KEYS])
LEFT_ROOM_KEYS = _sql.query("left_room_keys", RoomKeyRow, cached_on=[ROOM_KEYS, ROOMS])
WAITING_FOR_LONG = _sql.query("waiting_for_long", WaitingEventRow, cached_on=[WAITING_EVENTS])


class Forgetting:
    """Forgets."""

    def __init__(self, ground: Ground) -> None:
        self._store = ground.store
        self._now_ms = ground.now_ms

    async def work(self) -> None:
        """Forget everything that is due."""
        # To the hour: in between, nothing new is found, and the same is asked.
        now_ms = self._now_ms() // HOUR_MS * HOUR_MS
        for row in await self._store.all(ROOMS_NOT_JOINED):
            if row.membership == LEFT:
                await self._forget_room(row.room_id)
        for query, kept_ms in (LEFT_ROOM_KEYS, LEFT_KEPT_MS), (OLD_ROOM_KEYS, KEPT_MS):
            while keys := await self._store.all(query, before=now_ms - kept_ms):
                # The keys first: without them, what they opened cannot be said again.
                await self._delete(ROOM_KEYS, keys)
                for key in keys:
                    await self._forget_opened(key.room_id, key.session_id)
        while waiting := await self._store.all(WAITING_FOR_LONG, before=now_ms - WAITING_MS):
            await self._delete(WAITING_EVENTS, waiting)

    async def _forget_room(self, room_id: str) -> None:
        """Forget a room's rows, and then the room; if the service is invited again meanwhile, the rest stays."""
        for table in (*_OF_ROOM, ROOMS):
            while await self._store.write(partial(_some_if_left, table, room_id), needs=_needs(table, room_id)):
                pass

    async def _forget_opened(self, room_id: str, session_id: str) -> None:
        needs = _needs(OPENED_MESSAGES, room_id, session_id)
        while await self._store.write(lambda tx: _some(OPENED_MESSAGES, room_id, session_id, tx=tx), needs=needs):
            pass

    async def _delete(self, table: Table[Any], rows: Sequence[Struct]) -> None:
        keys = [astuple(row)[: table.key_size] for row in rows]

        def delete(tx: Tx) -> None:
            for key in keys:
                tx.delete(table, *key)

        await self._store.write(delete)


def _needs(table: Table[Any], *prefix: str) -> list[Need]:
    """Return what deleting some rows under a prefix reads, and whether the room is left."""
    room: Need = (ROOMS, prefix[:1])
    whole = len(prefix) == table.key_size
    return [room, (table, prefix) if whole else (table, prefix, AT_ONCE)]


def _some_if_left(table: Table[Any], room_id: str, tx: Tx) -> bool:
    """Delete some of a room's rows; whether there may be more."""
    room = tx.get(ROOMS, room_id)
    return room is not None and room.membership == LEFT and _some(table, room_id, tx=tx)


def _some(table: Table[Any], *prefix: str, tx: Tx) -> bool:
    rows = list(islice(tx.scan(table, *prefix), AT_ONCE))
    for row in rows:
        tx.delete(table, *astuple(row)[: table.key_size])
    return len(rows) == AT_ONCE
