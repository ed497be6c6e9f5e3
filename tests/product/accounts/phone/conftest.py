from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.store.store import Store
from tests.product.accounts.phone.people import Phones


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[Store]:
    """An open store without a row, on SQLite."""
    store = Store(SqliteDatabase(tmp_path / "amanat.db", portable=True))
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def phones(lite: Store) -> Phones:
    """The feature with its limits, and nobody asked to work."""
    return Phones(lite)
