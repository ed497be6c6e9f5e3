"""Named SQL: `-- name: x` blocks of the `.sql` files, and how they are read for each database.

A block is a name, a sentence, and one statement with `:parameters`. `IN :names` takes a list of text, `IN :numbers#`
one of integers. A file `x.postgres.sql` holds twins of blocks of `x.sql` for PostgreSQL.
"""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from amanat.db.table import Table

Row = TypeVar("Row", bound=Struct)

_BLOCK = re.compile(r"^-- name: (\w+)\n((?:--[^\n]*\n)+)(.*?);\s*$", re.MULTILINE | re.DOTALL)
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)(#?)")
_LIST = re.compile(r"\bIN :([a-z_]+)(#?)")


class Query(Generic[Row]):
    """A statement with named parameters and the Struct that its rows become, columns in the order of its fields.

    `cached_on`: the tables it reads, if its answers are to be kept in memory until one of these is written to.
    """

    def __init__(
        self,
        name: str,
        row: type[Row],
        *,
        sql: str,
        postgres_sql: str | None = None,
        cached_on: Sequence[Table[Any]] = (),
    ) -> None:
        self.name = name
        self.row = row
        self.cached_on = tuple(cached_on)
        self.sqlite = _LIST.sub(r"IN (SELECT value FROM json_each(:\1))", sql)
        self.lists = frozenset(name for name, _ in _LIST.findall(sql))
        self.postgres, self.order = _numbered(postgres_sql or sql)

    def __repr__(self) -> str:
        return f"Query({self.name})"


class QueryFile:
    """The named statements of one file in a package's `sql` folder."""

    def __init__(self, package: str, name: str) -> None:
        folder = files(package).joinpath("sql")
        self._blocks = _blocks(folder.joinpath(f"{name}.sql").read_text("utf-8"))
        twins = folder.joinpath(f"{name}.postgres.sql")
        self._twins = _blocks(twins.read_text("utf-8")) if twins.is_file() else {}

    def query(self, name: str, row: type[Row], *, cached_on: Sequence[Table[Any]] = ()) -> Query[Row]:
        """Return the statement called `name`; its rows become `row`."""
        sql, twin = self._blocks[name], self._twins.get(name)
        return Query(name, row, sql=sql, postgres_sql=twin, cached_on=cached_on)


def _blocks(text: str) -> Mapping[str, str]:
    return {name: sql.strip() for name, _sentence, sql in _BLOCK.findall(text)}


def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """Turn `:a … :b … :a` into `$1 … $2 … $1`, and lists into arrays."""
    order: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[1] not in order:
            order.append(match[1])
        return f"${order.index(match[1]) + 1}"

    def array(match: re.Match[str]) -> str:
        return f"= ANY(:{match[1]}::{'bigint' if match[2] else 'text'}[])"

    numbered: Any = _PARAMETER.sub(number, _LIST.sub(array, sql))
    return numbered, tuple(order)


class Reader(Protocol):
    """Runs named queries on a committed snapshot: all that memory needs of the store to fill itself."""

    async def all(self, query: Query[Row], **parameters: Any) -> list[Row]:
        """Return the rows of a query."""
        ...

    async def first(self, query: Query[Row], **parameters: Any) -> Row | None:
        """Return the first row of a query."""
        ...
