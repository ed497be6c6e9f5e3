"""What a bot's program wants done at a time: rows that are written before it is answered, and survive its death."""

import asyncio
from typing import Final, Literal
from weakref import WeakValueDictionary

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.gateway.bots.counts import count, need
from amanat.gateway.bots.waiters import Waiters
from amanat.gateway.store.store import GatewayStore

DueKind = Literal["unban", "unmute", "close", "let_in", "turn_away"]
_ASKED: Final[tuple[DueKind, ...]] = ("unban", "unmute", "close")
"""What programs ask for, as much as they like; the rest follows from what people do."""
MOST: Final = 10_000


class TooMany(Exception):
    """More is to be done at its time than is kept."""


class DueRow(Struct, frozen=True):
    """One thing to do: about somebody, or about the message of this number.

    `due_ts`: when it is tried next; `until_ts`: when it was to be done. `seen`: what must still be there.
    `former`: what is to be there then; empty for what everybody has.
    """

    kind: str
    room_id: str
    user_id: str
    number: int
    due_ts: int
    until_ts: int
    tries: int = 0
    seen: str = ""
    former: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What identifies it."""
        return (self.kind, self.room_id, self.user_id, self.number)


DUES = Table("bot_dues", DueRow, key=4)
ROOM: Final = need("dues")

_sql = QueryFile("amanat.gateway.bots", "dues")
DUE_NOW = _sql.query("due_now", DueRow)
NEXT_DUE = _sql.query("next_due", DueRow)
DUE_OF = _sql.query("due_of", DueRow)


class Dues:
    """One bot's. Who puts a row wakes whoever does what is due."""

    def __init__(self, store: GatewayStore) -> None:
        self._store = store
        self._alone: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.waiters = Waiters()
        store.recovered.append(self.waiters.wake)

    def alone(self, room_id: str) -> asyncio.Lock:
        """Return what is held by whoever changes somebody's state in a room, or undoes that when its time has come."""
        return self._alone.setdefault(room_id, asyncio.Lock())

    def put(self, tx: Tx, row: DueRow) -> None:
        """Have something done, in place of what was to be done of the same."""
        tx.put(DUES, row)
        tx.after_commit(self.waiters.wake)

    async def of(self, kind: DueKind, room_id: str, *, user_id: str) -> DueRow | None:
        """Return what is to be done about somebody."""
        return await self._store.first(DUE_OF, kind=kind, room_id=room_id, user_id=user_id)

    async def keep(self, row: DueRow) -> None:
        """Have something done; raises `TooMany`."""

        def keep(tx: Tx) -> None:
            if tx.get(DUES, *row.key) is None:
                self.add(tx, row)
            else:
                self.put(tx, row)

        await self._store.write(keep, needs=[(DUES, row.key), ROOM])

    def add(self, tx: Tx, row: DueRow) -> None:
        """Have something new done that a program asks for; reads `ROOM`, and raises `TooMany` where there is none."""
        if count(tx, "dues", more=1) > MOST:
            raise TooMany
        self.put(tx, row)

    async def stands(self, row: DueRow) -> bool:
        """Whether a row that was read is still what is to be done."""

        def look(tx: Tx) -> bool:
            return tx.get(DUES, *row.key) == row

        return await self._store.write(look, needs=[(DUES, row.key)])

    async def drop(self, row: DueRow) -> None:
        """Let it be, unless something else is to be done by now."""

        def drop(tx: Tx) -> None:
            if tx.get(DUES, *row.key) == row:
                tx.delete(DUES, *row.key)
                if row.kind in _ASKED:
                    count(tx, "dues", more=-1)

        await self._store.write(drop, needs=[(DUES, row.key), ROOM])

    async def postpone(self, row: DueRow, *, due_ts: int) -> None:
        """Try it later, unless something else is to be done by now."""

        def put(tx: Tx) -> None:
            if tx.get(DUES, *row.key) == row:
                tx.put(DUES, replace(row, due_ts=due_ts, tries=row.tries + 1))

        await self._store.write(put, needs=[(DUES, row.key)])
