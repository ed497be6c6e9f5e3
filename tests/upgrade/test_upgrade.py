"""Data of every earlier schema is brought up to today's, and nothing of it is lost."""

import pytest

import amanat.product
import amanat.store
from amanat.db.database import Database
from amanat.db.migrations import migrations_of
from amanat.store.store import Store
from tests.store.schema import everything_in, tables
from tests.upgrade.sample import FROZEN, insert, numbers, read

MIGRATIONS = migrations_of("amanat.store")
TABLES = tables(amanat.store, amanat.product)


@pytest.mark.parametrize("number", numbers())
async def test_data_of_an_earlier_schema_is_all_there_after_the_upgrade(database: Database, number: int) -> None:
    sample = read(number)
    await database.open()
    await database.migrate(MIGRATIONS[:number])
    await insert(database, sample)
    await database.close()
    store = Store(database)
    await store.open()
    for name in sample.keys() & TABLES.keys():
        table, sampled = TABLES[name], sample[name]
        rows = await everything_in(store, table)
        kept = [column for column in sampled.columns if column in table.columns]
        assert [[getattr(row, column) for column in kept] for row in rows] == [
            [dict(zip(sampled.columns, values, strict=True))[column] for column in kept] for values in sampled.values()
        ]
    await store.close()


def test_every_schema_that_somebody_may_have_has_its_sample() -> None:
    assert numbers() == list(range(1, FROZEN + 1)), "Make it: python -m tests.upgrade.make_sample"
