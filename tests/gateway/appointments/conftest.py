"""An open office. Most of its rules know no database: they are tried on SQLite, which is told to be as strict."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.store.store import GatewayStore
from tests.gateway.appointments.sample import Office, edited
from tests.gateway.conftest import OFFICE


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """The sample office, on the morning of Monday, 23 November 2026."""
    store = GatewayStore(SqliteDatabase(tmp_path / "gateway.db", portable=True))
    await store.open(OFFICE)
    yield Office(store, edited())
    await store.close()


@pytest.fixture
async def office_on_both(gateway_store: GatewayStore) -> Office:
    """The same, once on each database."""
    return Office(gateway_store, edited())
