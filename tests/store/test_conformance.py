"""The store's tables and statements on both databases: a column out of place or a typo in a statement fails here."""

from pathlib import Path
from typing import Any

import pytest

import amanat.product
import amanat.store
from amanat.db.migrations import migrations_of
from amanat.store.store import Store
from tests.store import conformance
from tests.store.schema import queries, tables

TABLES = tables(amanat.store, amanat.product)
QUERIES = queries(amanat.store, amanat.product)


async def test_each_table_has_the_columns_of_its_struct_in_order(store: Store) -> None:
    await conformance.check_columns(store, TABLES)


async def test_each_table_takes_rows_gives_them_back_and_lets_them_go(store: Store) -> None:
    await conformance.check_rows(store, TABLES)


async def test_each_statement_runs_and_returns_the_columns_of_its_struct(store: Store) -> None:
    await conformance.check_statements(store, QUERIES)


def test_each_named_statement_is_used() -> None:
    packages = [Path(package.__path__[0]) for package in (amanat.store, amanat.product)]
    assert set().union(*map(conformance.written_statements, packages)) == set(QUERIES)


@pytest.mark.parametrize("migration", migrations_of("amanat.store"), ids=lambda migration: str(migration.name))
def test_each_migration_says_what_it_is_for(migration: Any) -> None:
    assert len(migration.sql.splitlines()[0]) > len("-- post: ")
