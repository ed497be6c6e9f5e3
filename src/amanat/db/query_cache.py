"""Answers of queries, in memory until a commit writes to a table that they were read from.

Only queries that name these tables are kept (`Query.cached_on`): what changes with every message is not worth it.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

from amanat.db.query import Query, Row
from amanat.db.table import Table

MAX_ROWS: Final = 5_000
"""Rows that are kept in all; an answer without rows counts as one."""

_Key = tuple[Hashable, ...]
_Read = Callable[[Query[Any], Mapping[str, Any]], Awaitable[list[Any]]]


class QueryCache:
    """The answers that one store was given last. Rows are frozen, and every caller has a list of its own."""

    def __init__(self, read: _Read, *, max_rows: int = MAX_ROWS) -> None:
        self._read = read
        self._max_rows = max_rows
        self._rows = 0
        self._answers: OrderedDict[_Key, tuple[Query[Any], Sequence[Any]]] = OrderedDict()
        self._read_from: defaultdict[Table[Any], set[_Key]] = defaultdict(set)
        self._writes: defaultdict[Table[Any], int] = defaultdict(int)

    def __len__(self) -> int:
        """How many answers there are."""
        return len(self._answers)

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        """Return the rows of a query on what is committed."""
        key = (query, *((name, _frozen(value)) for name, value in parameters.items()))
        held = self._answers.get(key)
        if held is not None:
            self._answers.move_to_end(key)
            return [*held[1]]
        before = [self._writes[table] for table in query.cached_on]
        rows: list[Row] = await self._read(query, parameters)
        # What was written while it was read may be missing in it.
        if before == [self._writes[table] for table in query.cached_on]:
            self._keep(key, query, rows=tuple(rows))
        return rows

    def wrote(self, tables: Iterable[Table[Any]]) -> None:
        """Forget what was read from tables that a commit wrote to."""
        for table in tables:
            self._writes[table] += 1
            for key in self._read_from.pop(table, ()):
                self._forget(key)

    def clear(self) -> None:
        """Forget everything: what the disk holds is not known."""
        self.wrote([*self._writes])

    def _keep(self, key: _Key, query: Query[Any], *, rows: Sequence[Any]) -> None:
        self._forget(key)  # two may have read it at once
        self._answers[key] = query, rows
        self._rows += _size(rows)
        for table in query.cached_on:
            self._read_from[table].add(key)
        while self._rows > self._max_rows:
            self._forget(next(iter(self._answers)))

    def _forget(self, key: _Key) -> None:
        query, rows = self._answers.pop(key, (None, ()))
        if query is not None:
            self._rows -= _size(rows)
            for table in query.cached_on:
                self._read_from[table].discard(key)


def _size(rows: Sequence[Any]) -> int:
    return max(1, len(rows))


def _frozen(value: Any) -> Hashable:
    return value if isinstance(value, Hashable) else tuple(value)
