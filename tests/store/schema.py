"""What the modules of a store declare, and what a database really has."""

import pkgutil
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.query import Query, Row
from amanat.db.sqlite import SqliteDatabase
from amanat.db.table import R, Table
from amanat.db.tx import Need, Tx

_KINDS = {
    "TEXT": "text",
    "INTEGER": "integer",
    "BLOB": "bytes",
    "text": "text",
    "bigint": "integer",
    "bytea": "bytes",
}


T = TypeVar("T")


class AnyStore(Protocol):
    """The server's store, or a service's."""

    @property
    def database(self) -> Database: ...

    async def write(self, run: Callable[[Tx], T], *, needs: Sequence[Need] = ()) -> T: ...

    async def all(self, query: Query[Row], **parameters: Any) -> list[Row]: ...


class Column(Struct, frozen=True):
    """A column as the database has it."""

    name: str
    kind: str
    nullable: bool


def tables(*packages: ModuleType) -> dict[str, Table[Any]]:
    """Every table that the modules of the packages declare, by name."""
    return {table.name: table for table in _declared(Table, packages)}


def queries(*packages: ModuleType) -> dict[str, Query[Any]]:
    """Every named statement that the modules of the packages declare, by name."""
    return {query.name: query for query in _declared(Query, packages)}


def _declared(kind: type[Any], packages: Sequence[ModuleType]) -> Iterator[Any]:
    for package in packages:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield from (value for value in vars(import_module(module.name)).values() if isinstance(value, kind))


async def columns(database: Database) -> dict[str, list[Column]]:
    """The columns of every table, in order."""
    if isinstance(database, SqliteDatabase):
        return _columns_of_sqlite(database)
    assert isinstance(database, PostgresDatabase)
    rows = await database._writer.fetch(
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name <> 'migrations' ORDER BY ordinal_position"
    )
    found: dict[str, list[Column]] = {}
    for table, name, kind, nullable in rows:
        found.setdefault(table, []).append(Column(name, _KINDS[kind], nullable == "YES"))
    return found


def _columns_of_sqlite(database: SqliteDatabase) -> dict[str, list[Column]]:
    names = [name for (name,) in database._writer.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        table: [
            Column(name, _KINDS[kind], not not_null)
            for _, name, kind, not_null, _, _ in database._writer.execute(f"PRAGMA table_info({table})")
        ]
        for table in names
    }


def a_row(columns: list[Column], number: int) -> tuple[Any, ...]:
    """A row of the numbered kind: no two share a value; odd ones have nothing where nothing may be."""
    return tuple(None if column.nullable and number % 2 else _value(column, number) for column in columns)


async def everything_in(store: AnyStore, table: Table[R]) -> list[R]:
    """All rows of a table, in the order of their keys."""
    return await store.write(lambda tx: list(tx.scan(table)), needs=[(table, ())])


def _value(column: Column, number: int) -> str | int | bytes:
    text = f"{column.name} {number}"
    values: dict[str, str | int | bytes] = {"text": text, "integer": number, "bytes": text.encode()}
    return values[column.kind]
