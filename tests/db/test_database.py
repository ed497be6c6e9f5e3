"""What both databases promise besides taking units: one writer at a time, migrations in transactions."""

import asyncio

import pytest

from amanat.db.database import Database, DataInUse, UnusableData
from amanat.db.migrations import SqlMigration
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from tests.db.engine import ALL_THINGS, SCHEMA, Engine, Thing


def another(database: Database) -> Database:
    """A second adapter on the same data, as a second server would have."""
    if isinstance(database, SqliteDatabase):
        return SqliteDatabase(database.path)
    assert isinstance(database, PostgresDatabase)
    return PostgresDatabase(database._url)


async def test_a_second_server_on_the_same_data_is_refused_with_a_sentence(database: Database) -> None:
    await database.open()
    second = another(database)
    with pytest.raises(DataInUse, match=r"Another (process|server) is using .* Stop it first\."):
        await second.open()
    await database.close()
    await second.open()
    await second.close()


async def test_migrations_are_applied_once_and_in_order(database: Database) -> None:
    await database.open()
    assert await database.schema_version() == 0
    assert await database.migrate([SCHEMA]) == [1]
    more = SqlMigration(number=2, name="more", phase="pre", sql="-- pre: more\nCREATE TABLE more (a TEXT)")
    assert await database.migrate([SCHEMA, more]) == [2]
    assert await database.migrate([SCHEMA, more]) == []
    assert await database.schema_version() == 2
    with pytest.raises(UnusableData):
        await database.migrate([SCHEMA])
    await database.close()


async def test_a_migration_that_fails_halfway_leaves_the_schema_before_it(database: Database) -> None:
    await database.open()
    await database.migrate([SCHEMA])
    broken = SqlMigration(number=2, name="no", phase="pre", sql="-- pre: no\nDROP TABLE things;\nCREATE NONSENSE")
    with pytest.raises(Exception, match=r"(?i)nonsense"):
        await database.migrate([SCHEMA, broken])
    assert await database.schema_version() == 1
    assert await database.all(ALL_THINGS, {}) == []
    await database.close()


async def test_readers_do_not_wait_for_the_writer(engine: Engine) -> None:
    await engine.put(Thing("ani", 1))
    engine.database.may_commit.clear()
    writing = asyncio.ensure_future(engine.put(Thing("ani", 2)))
    await engine.database.committing.wait()
    assert await engine.things() == [Thing("ani", 1)]
    engine.database.may_commit.set()
    await writing
