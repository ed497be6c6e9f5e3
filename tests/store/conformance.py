"""What holds of the tables and statements of any store, on both databases."""

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from msgspec.structs import fields

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.query import Query
from amanat.db.sqlite import SqliteDatabase
from amanat.db.table import Table
from amanat.db.tx import Tx
from tests.store.schema import AnyStore, a_row, columns, everything_in

RETURNED = {"int4", "int8", "text", "bytea"}
"""What PostgreSQL may answer with: a boolean or a numeric would not be what SQLite gives."""
EXAMPLES: dict[str, Any] = {"text": "1", "int8": 1, "bytea": b"1", "text[]": ["1"], "int8[]": [1]}


async def check_columns(store: AnyStore, tables: Mapping[str, Table[Any]]) -> None:
    """Each table has the columns of its Struct, in order."""
    found = await columns(store.database)
    assert sorted(found) == sorted(tables)
    for name, table in tables.items():
        declared = [
            (column, kind, type(None) in get_args(field.type))
            for column, kind, field in zip(table.columns, table.kinds, fields(table.row), strict=True)
        ]
        assert [(column.name, column.kind, column.nullable) for column in found[name]] == declared


async def check_rows(store: AnyStore, tables: Mapping[str, Table[Any]]) -> None:
    """Each table takes rows, gives them back and lets them go."""
    described_tables = await columns(store.database)
    for name, table in tables.items():
        described = described_tables[name]
        rows = [table.row(*a_row(described, number)) for number in (1, 2)]
        await _put(store, table, rows)
        if not table.append_only:
            await _put(store, table, rows)
        assert await everything_in(store, table) == rows
        await _delete_all(store, table)
        assert await everything_in(store, table) == []


async def _put(store: AnyStore, table: Table[Any], rows: list[Any]) -> None:
    def run(tx: Tx) -> None:
        for row in rows:
            tx.put(table, row)

    await store.write(run)


async def _delete_all(store: AnyStore, table: Table[Any]) -> None:
    def run(tx: Tx) -> None:
        for row in tx.scan(table):
            tx.delete(table, *[getattr(row, column) for column in table.key_columns])

    await store.write(run, needs=[(table, ())])


async def check_statements(store: AnyStore, queries: Mapping[str, Query[Any]]) -> None:
    """Each statement runs and returns the columns of its Struct."""
    for query in queries.values():
        parameters = await _parameters(store.database, query)
        found = await store.all(query, **parameters)
        assert all(isinstance(row, query.row) for row in found), query.name


def check_cached(store: AnyStore, queries: Mapping[str, Query[Any]]) -> None:
    """What is kept in memory of a statement's answers goes with each table that it reads."""
    assert isinstance(store.database, SqliteDatabase)
    reader, read, sqlites = store.database._reader, set[str](), {"json_each", "sqlite_master"}

    def note(action: int, table: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table and table not in sqlites:
            read.add(table)
        return sqlite3.SQLITE_OK

    reader.set_authorizer(note)
    for query in queries.values():
        if query.cached_on:
            read.clear()
            # SQLite keeps statements that it has seen, and asks for none of them again.
            described = f"{query.sqlite} -- {query.name}"
            reader.execute(described, dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", query.sqlite), "[]"))
            assert read == {table.name for table in query.cached_on}, query.name
    reader.set_authorizer(None)


async def _parameters(database: Database, query: Query[Any]) -> dict[str, Any]:
    """Check what a statement returns, and give it parameters that find nothing."""
    if isinstance(database, SqliteDatabase):
        names = set(re.findall(r"(?<!:):([a-z_]+)", query.sqlite))
        described = database._reader.execute(
            query.sqlite, {name: "[]" if name in query.lists else "1" for name in names}
        ).description
        _check_columns(query, [name for name, *_ in described])
        return {name: ["1"] if name in query.lists else "1" for name in names}
    assert isinstance(database, PostgresDatabase)
    async with database._readers.acquire() as connection:
        statement = await connection.prepare(query.postgres)
        returned = statement.get_attributes()
        kinds = [parameter.name for parameter in statement.get_parameters()]
    _check_columns(query, [column.name for column in returned])
    assert {column.type.name for column in returned} <= RETURNED, query.name
    return {name: EXAMPLES[kind] for name, kind in zip(query.order, kinds, strict=True)}


def _check_columns(query: Query[Any], names: list[str]) -> None:
    """Rows become Structs by position: what has a field's name must stand where the field does."""
    declared = [field.name for field in fields(query.row)]
    assert len(names) == len(declared), query.name
    assert all(name == field or name not in declared for name, field in zip(names, declared, strict=True)), query.name


def written_statements(folder: Path) -> set[str]:
    """Return the names of all statements in the `sql` folders below one."""
    return {
        name
        for file in folder.rglob("sql/*.sql")
        for name in re.findall(r"^-- name: (\w+)$", file.read_text("utf-8"), re.MULTILINE)
    }
