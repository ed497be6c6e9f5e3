"""Holdings: which tables hold something about people, whose each row is, and what becomes of it.

One list serves the copy that people take and the erasure they ask for, so that neither can forget a table.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.db.query import Query
from amanat.db.table import Table
from amanat.store.rooms import MEMBERSHIPS_OF_USER
from amanat.store.store import Store

PER_PAGE: Final = 100
"""Rows read, or deleted, at once."""


class Holding(Struct, frozen=True, kw_only=True):
    """A table with rows about people. `whose` is the column that says about whom.

    `secret` columns are shown to nobody: hashes of credentials. `stays` says why rows outlive an erasure; without it
    they are deleted. `by_room`: the key begins with a room, so rows are looked for in the person's rooms.
    """

    table: Table[Any]
    en: str
    id: str
    whose: str = "user_id"
    secret: frozenset[str] = frozenset()
    stays: str | None = None
    by_room: bool = False

    @property
    def name(self) -> str:
        """What a file about it is called."""
        return self.table.name if self.whose == "user_id" else f"{self.table.name}.{self.whose}"

    def key_of(self, row: Struct) -> tuple[Any, ...]:
        """Return the key of a row."""
        return tuple(getattr(row, column) for column in self.table.key_columns)


async def pages(store: Store, holding: Holding, *, user_id: str) -> AsyncIterator[Sequence[Any]]:
    """Yield what a table holds about a person, some rows at a time; those yielded may be deleted meanwhile."""
    if not holding.by_room:
        async for rows in _pages(store, holding, {"whose": user_id}):
            yield rows
        return
    for membership in await store.all(MEMBERSHIPS_OF_USER, user_id=user_id):
        async for rows in _pages(store, holding, {"whose": user_id, "room": membership.room_id}):
            yield rows


async def _pages(store: Store, holding: Holding, of: Mapping[str, str]) -> AsyncIterator[Sequence[Any]]:
    query = page_query(holding, is_first=True)
    rows = await store.all(query, max_rows=PER_PAGE, **of)
    following = page_query(holding, is_first=False)
    while rows:
        yield rows
        if len(rows) < PER_PAGE:
            return
        after = {f"after_{_letter(at)}": value for at, value in enumerate(holding.key_of(rows[-1]))}
        rows = await store.all(following, max_rows=PER_PAGE, **of, **after)


def page_query(holding: Holding, *, is_first: bool) -> Query[Any]:
    """Make the statement for a page of rows. The names in it are constants of our own."""
    table, keys = holding.table, list(holding.table.key_columns)
    where = [f"{holding.whose} = :whose"] + ["room_id = :room"] * holding.by_room
    if not is_first:
        where.append(f"({', '.join(keys)}) > ({', '.join(f':after_{_letter(at)}' for at in range(len(keys)))})")
    sql = (
        f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {' AND '.join(where)} "  # noqa: S608  see above
        f"ORDER BY {', '.join(keys)} LIMIT :max_rows"
    )
    return Query(f"page of {holding.name}", table.row, sql=sql)


def _letter(at: int) -> str:
    return "abcdefgh"[at]
