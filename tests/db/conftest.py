"""An engine on each database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.database import Database
from amanat.db.sqlite import SqliteDatabase
from tests.db.engine import Engine


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Engine]:
    """An open engine without a row, once on each database."""
    engine = Engine(database)
    await engine.open()
    yield engine
    await engine.close()


@pytest.fixture
async def sqlite_engine(tmp_path: Path) -> AsyncIterator[Engine]:
    """An open engine on SQLite, for what no database has a part in."""
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db", portable=True))
    await engine.open()
    yield engine
    await engine.close()
