"""The store's tables and statements on both databases: a column out of place or a typo in a statement fails here."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import fields

import amanat
from amanat.db.database import Database
from amanat.db.migrations import migrations_of
from amanat.db.postgres import PostgresDatabase
from amanat.db.query import Query
from amanat.db.sqlite import SqliteDatabase
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.store.store import Store
from tests.store.schema import a_row, columns, everything_in, queries, tables

TABLES = tables()
QUERIES = queries()

RETURNED = {"int4", "int8", "text", "bytea"}
"""What PostgreSQL may answer with: a boolean or a numeric would not be what SQLite gives."""
EXAMPLES: dict[str, Any] = {"text": "1", "int8": 1, "bytea": b"1", "text[]": ["1"], "int8[]": [1]}


async def test_each_table_has_the_columns_of_its_struct_in_order(store: Store) -> None:
    found = await columns(store.database)
    assert sorted(found) == sorted(TABLES)
    for name, table in TABLES.items():
        declared = [
            (column, kind, type(None) in get_args(field.type))
            for column, kind, field in zip(table.columns, table.kinds, fields(table.row), strict=True)
        ]
        assert [(column.name, column.kind, column.nullable) for column in found[name]] == declared


async def test_each_table_takes_rows_gives_them_back_and_lets_them_go(store: Store) -> None:
    described_tables = await columns(store.database)
    for name, table in TABLES.items():
        described = described_tables[name]
        rows = [table.row(*a_row(described, number)) for number in (1, 2)]
        await _put(store, table, rows)
        if not table.append_only:
            await _put(store, table, rows)
        assert await everything_in(store, table) == rows
        await _delete_all(store, table)
        assert await everything_in(store, table) == []


async def _put(store: Store, table: Table[Any], rows: list[Any]) -> None:
    def run(tx: Tx) -> None:
        for row in rows:
            tx.put(table, row)

    await store.write(run)


async def _delete_all(store: Store, table: Table[Any]) -> None:
    def run(tx: Tx) -> None:
        for row in tx.scan(table):
            tx.delete(table, *[getattr(row, column) for column in table.key_columns])

    await store.write(run, needs=[(table, ())])


async def test_each_statement_runs_and_returns_the_columns_of_its_struct(store: Store) -> None:
    for query in QUERIES.values():
        parameters = await _parameters(store.database, query)
        found = await store.all(query, **parameters)
        assert all(isinstance(row, query.row) for row in found), query.name


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


def test_each_named_statement_is_used() -> None:
    written = {
        name
        for file in Path(amanat.__path__[0]).rglob("sql/*.sql")
        for name in re.findall(r"^-- name: (\w+)$", file.read_text("utf-8"), re.MULTILINE)
    }
    assert written == set(QUERIES)


@pytest.mark.parametrize("migration", migrations_of("amanat.store"), ids=lambda migration: str(migration.name))
def test_each_migration_says_what_it_is_for(migration: Any) -> None:
    assert len(migration.sql.splitlines()[0]) > len("-- post: ")
