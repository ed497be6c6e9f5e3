"""A sample office at work on a server in this process, with a clock that is set by hand, and who writes to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.database import Database
from amanat.db.sqlite import SqliteDatabase
from tests.gateway.device.conftest import database, town
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import AtWork

__all__ = ["database", "town"]


@pytest.fixture
async def passport(town: Town, tmp_path: Path) -> AsyncIterator[AtWork]:
    """The sample passport office, on SQLite."""
    at_work = await AtWork.begin(
        town, tmp_path / "gateway", database=SqliteDatabase(tmp_path / "office" / "gateway.db", portable=True)
    )
    yield at_work
    await at_work.close()


@pytest.fixture
async def on_each_database(town: Town, tmp_path: Path, database: Database) -> AsyncIterator[AtWork]:
    """The sample passport office, once on each database."""
    at_work = await AtWork.begin(town, tmp_path / "gateway", database=database)
    yield at_work
    await at_work.close()
