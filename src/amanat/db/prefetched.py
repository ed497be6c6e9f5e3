"""The rows that a batch of units said it would read, fetched ahead; any other read is an error.

Knows no database. A need is a whole key, or a prefix of one, which may be limited to its first rows.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from amanat.db.database import RowNeed
from amanat.db.table import Key, Table, Values
from amanat.db.tx import Contended, UndeclaredRead

_UNASKED: Any = object()


class Scan(Struct):
    """The rows under a prefix: all of them, or the first `limit`."""

    limit: int | None
    rows: list[Values]

    @property
    def whole(self) -> bool:
        """Whether there is nothing under the prefix beyond these rows."""
        return self.limit is None or len(self.rows) < self.limit


class Prefetched:
    """A `Source` of exactly what was declared. `gets` and `scans` say what is wanted until `fill` has brought it."""

    def __init__(self, needs: Sequence[Sequence[RowNeed]]) -> None:
        self.gets: dict[Table[Any], dict[Key, Values | None]] = {}
        self.scans: dict[tuple[Table[Any], int], dict[Key, Scan]] = {}
        for of_unit in needs:
            for need in of_unit:
                self._want(need)

    def _want(self, need: RowNeed) -> None:
        table, key = need[0], need[1]
        if len(key) == table.key_size:
            self.gets.setdefault(table, {})[key] = None
            return
        limit = need[2] if len(need) == 3 else None
        scans = self.scans.setdefault((table, len(key)), {})
        scan = scans.get(key)
        if scan is None:
            scans[key] = Scan(limit=limit, rows=[])
        elif scan.limit is not None:
            # Each unit may take its share away from those after it.
            scan.limit = None if limit is None else scan.limit + limit

    def fill_scan(self, table: Table[Any], rows: Sequence[Values], *, size: int) -> None:
        """Take the rows found under prefixes of `size` columns, in any order."""
        scans, key_size = self.scans[table, size], table.key_size
        known = self.gets.setdefault(table, {})
        for values in sorted(rows, key=lambda values: values[:key_size]):
            scans[values[:size]].rows.append(values)
            known[values[:key_size]] = values

    def fill_get(self, table: Table[Any], rows: Sequence[Values]) -> None:
        """Take the rows found by whole keys."""
        known, key_size = self.gets[table], table.key_size
        for values in rows:
            known[values[:key_size]] = values

    def get(self, table: Table[Any], key: Key) -> Values | None:
        """Return the committed row with this key."""
        known = self.gets.get(table)
        values = known.get(key, _UNASKED) if known is not None else _UNASKED
        if values is _UNASKED:
            if not self._scan_over(table, key).whole:
                raise Contended(f"{table}: row {key!r} is beyond the limit of a declared prefix.")
            return None
        return values  # type: ignore[no-any-return]  # the sentinel is Any

    def scan(self, table: Table[Any], prefix: Key) -> Iterator[Values]:
        """Yield the committed rows under a key prefix, in the order of their keys."""
        if len(prefix) == table.key_size:
            row = self.get(table, prefix)
            return iter(() if row is None else (row,))
        return _checked(table, prefix, self._scan_over(table, prefix))

    def _scan_over(self, table: Table[Any], prefix: Key) -> Scan:
        """Return the declared scan that holds every row under `prefix`."""
        for size in range(min(len(prefix), table.key_size - 1), -1, -1):
            scan = self.scans.get((table, size), {}).get(prefix[:size])
            if scan is not None:
                return scan
        raise UndeclaredRead(f"{table}: {prefix!r} is read but stands in no unit's needs.")


def _checked(table: Table[Any], prefix: Key, scan: Scan) -> Iterator[Values]:
    size = len(prefix)
    for values in scan.rows:
        if values[:size] == prefix:
            yield values
    if not scan.whole:
        raise Contended(f"{table}: more rows under {prefix!r} are read than the {scan.limit} that were declared.")
