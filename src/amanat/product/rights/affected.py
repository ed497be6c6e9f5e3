"""Who is affected by a breach, and in which of their data: for the notices that the law asks for."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from msgspec import Struct

from amanat.core.breach_notices import KINDS, Item
from amanat.core.errors import InvalidParam
from amanat.product.rights.holding import Holding, page_query
from amanat.product.rights.own_events import own_events
from amanat.product.rights.tables import PEOPLE_AFTER
from amanat.store.media import MEDIA
from amanat.store.store import Store

AT_ONCE: Final = 20
"""People looked at for one answer; each may cost a look into every table."""


class ReadBy(Protocol):
    """Asks the ledger which fields of a person a partner has read since some time."""

    async def __call__(self, user_id: str, *, partner_id: str, since_ts: int) -> Sequence[str]:
        """Return the names of the fields."""
        ...


class Affected(Struct, frozen=True, kw_only=True):
    """A person, and which of their data."""

    user_id: str
    data: Sequence[Item]


class Breaches:
    """Knows whom a breach concerns."""

    def __init__(self, store: Store, *, holdings: Sequence[Holding], read_by: ReadBy) -> None:
        self._store = store
        self._holdings = holdings
        self._read_by = read_by

    async def page(
        self, kind: str, *, partner_id: str | None, since_ts: int, after: str
    ) -> tuple[Sequence[Affected], str | None]:
        """Return some of the people affected, and after whom to go on; `None` at the end."""
        if kind not in KINDS:
            raise InvalidParam(f"There is no such kind of breach; there are {', '.join(KINDS)}.")
        if (kind == "partner") != (partner_id is not None):
            raise InvalidParam("Name the partner that lost data, where it was one, and nowhere else.")
        people = await self._store.all(PEOPLE_AFTER, after=after, max_rows=AT_ONCE)
        found = []
        for person in people:
            data = await self._data(kind, person.user_id, partner_id=partner_id, since_ts=since_ts)
            if data:
                found.append(Affected(user_id=person.user_id, data=data))
            await asyncio.sleep(0)
        return found, people[-1].user_id if len(people) == AT_ONCE else None

    async def _data(self, kind: str, user_id: str, *, partner_id: str | None, since_ts: int) -> Sequence[Item]:
        if partner_id is not None:
            fields = await self._read_by(user_id, partner_id=partner_id, since_ts=since_ts)
            return [Item(id=field, en=field) for field in fields]
        holdings = [held for held in self._holdings if kind != "media" or held.table is MEDIA]
        found = [Item(id=held.id, en=held.en) for held in holdings if await self._has_rows(held, user_id)]
        if kind == "database" and await self._has_spoken(user_id):
            found.append(Item(id="Percakapan (terenkripsi)", en="Messages (encrypted)"))
        return found

    async def _has_rows(self, holding: Holding, user_id: str) -> bool:
        if holding.by_room:
            return False
        return bool(await self._store.all(page_query(holding, is_first=True), whose=user_id, max_rows=1))

    async def _has_spoken(self, user_id: str) -> bool:
        async for rows in own_events(self._store, user_id):
            if rows:
                return True
        return False
