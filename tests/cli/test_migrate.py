"""The schema is brought up to date, and what was applied is said."""

import asyncio
from pathlib import Path

from amanat.config import Config
from amanat.db.migrations import migrations_of
from amanat.db.sqlite import SqliteDatabase
from amanat.store.data_folder import DataFolder
from amanat.store.stamp import Stamp
from tests.cli.conftest import Call

NEWEST = len(migrations_of("amanat.store"))


def test_data_of_the_newest_schema_is_left_alone(call: Call, data: Path) -> None:
    assert call("migrate", "--data", data).out == f"The schema is up to date: {NEWEST}.\n"


def test_what_is_missing_is_applied_and_named(call: Call, tmp_path: Path) -> None:
    folder = DataFolder(Config(data=str(tmp_path / "old")))
    folder.prepare(Stamp(server_name="localhost", mode="serve"), now_ms=1)
    folder.let_go()

    async def first_schema() -> None:
        database = SqliteDatabase(folder.database)
        await database.open()
        await database.migrate(migrations_of("amanat.store")[:1])
        await database.close()

    asyncio.run(first_schema())
    told = call("migrate", "--data", tmp_path / "old").out
    assert told.startswith(f"The schema was 1 and is {NEWEST} now. Applied: 2 ")


def test_a_lab_s_data_is_not_touched(call: Call, tmp_path: Path) -> None:
    folder = DataFolder(Config(data=str(tmp_path / "lab")))
    folder.prepare(Stamp(server_name="localhost", mode="lab"), now_ms=1)
    folder.let_go()
    refused = call("migrate", "--data", tmp_path / "lab")
    assert (refused.code, "made by `amanat lab`" in refused.err) == (4, True)
    assert not folder.database.exists()


def test_where_there_is_no_data_none_is_made(call: Call, tmp_path: Path) -> None:
    assert call("migrate", "--data", tmp_path / "none").code == 1
    assert not (tmp_path / "none").exists()
