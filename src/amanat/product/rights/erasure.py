"""Erasure: every link from a random id to a person goes; the id stays as a pseudonym in other people's rooms.

DESIGN, section 8. It is a part of the job that clears an account which has ended, so it may be done twice.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from amanat.core import canonical_json
from amanat.core.redaction import redact
from amanat.core.room_versions import ROOM_VERSIONS, RoomVersion
from amanat.db.tx import Need, Tx
from amanat.product.rights.exports import Exports
from amanat.product.rights.holding import PER_PAGE, Holding, pages
from amanat.product.rights.tables import MEMBER_EVENTS_ABOUT
from amanat.store.accounts import USER
from amanat.store.events import EVENTS, EventRow
from amanat.store.receipts import RECEIPTS
from amanat.store.rooms import MEMBERS, MEMBERSHIPS_OF_USER, ROOM_BY_ID, MemberRow
from amanat.store.store import Store


class Erasure:
    """Forgets people who asked for it."""

    def __init__(self, store: Store, *, holdings: Sequence[Holding], exports: Exports) -> None:
        self._store = store
        self._holdings = [holding for holding in holdings if holding.stays is None]
        self._exports = exports

    async def forget_erased(self, user_id: str) -> None:
        """Forget somebody whose account has ended, if they asked for erasure."""
        user = await self._store.first(USER, user_id=user_id)
        if user is None or not user.erased:
            return
        await self._exports.forget(user_id)
        for holding in self._holdings:
            async for rows in pages(self._store, holding, user_id=user_id):
                await self._delete(holding, rows)
        for member in await self._store.all(MEMBERSHIPS_OF_USER, user_id=user_id):
            await self._forget_names(member)
        await self._store.database.forget_deleted()

    async def _delete(self, holding: Holding, rows: Sequence[Any]) -> None:
        def run(tx: Tx) -> None:
            for row in rows:
                tx.delete(holding.table, *holding.key_of(row))
                if holding.table is RECEIPTS:
                    tx.stage(self._store.standings, (row.room_id, row.user_id), None)

        await self._store.write(run)
        await asyncio.sleep(0)

    async def _forget_names(self, member: MemberRow) -> None:
        """Take names and pictures out of all that a room ever said of somebody's membership, as a redaction would."""
        room = await self._store.first(ROOM_BY_ID, room_id=member.room_id)
        if room is None:
            return
        version, after = ROOM_VERSIONS[room.version], 0
        while rows := await self._store.all(
            MEMBER_EVENTS_ABOUT, room_id=member.room_id, user_id=member.user_id, after=after, max_rows=PER_PAGE
        ):
            await self._blank(rows, version)
            after = rows[-1].position

    async def _blank(self, rows: Sequence[EventRow], version: RoomVersion) -> None:
        def run(tx: Tx) -> None:
            for row in rows:
                held = tx.get(EVENTS, row.event_id)
                if held is None:
                    continue
                blank = _blank(held, version)
                tx.put(EVENTS, replace(held, json=canonical_json.encode(blank)))
                current = tx.get(MEMBERS, row.room_id, row.state_key)
                if current is not None and current.event_id == row.event_id:
                    tx.put(MEMBERS, replace(current, content=canonical_json.encode(blank["content"])))

        needs: list[Need] = [(EVENTS, (row.event_id,)) for row in rows]
        needs += [(MEMBERS, (row.room_id, row.state_key)) for row in rows[:1]]
        await self._store.write(run, needs=needs)


def _blank(row: EventRow, version: RoomVersion) -> dict[str, Any]:
    blank: dict[str, Any] = redact(msgspec.json.decode(row.json), version)
    return blank | {"event_id": row.event_id, "room_id": row.room_id}
