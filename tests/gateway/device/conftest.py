"""A town for each test: a server in this process and whoever is registered on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.store.store import GatewayStore
from tests.gateway.conftest import OFFICE
from tests.gateway.device.town import Town
from tests.server import Server


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """An empty database for a service, apart from the server's: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return SqliteDatabase(tmp_path / "service" / "gateway.db", portable=True)
    url: str = request.getfixturevalue("postgres_url")
    return PostgresDatabase(url)


@pytest.fixture
async def gateway_store(tmp_path: Path) -> AsyncIterator[GatewayStore]:
    """A service's store on SQLite, which refuses what PostgreSQL would: rules are not tried on both."""
    store = GatewayStore(SqliteDatabase(tmp_path / "service" / "gateway.db", portable=True))
    await store.open(OFFICE)
    yield store
    await store.close()


@pytest.fixture
async def town(request: pytest.FixtureRequest, amanat: Server, tmp_path: Path) -> AsyncIterator[Town]:
    """A server with nobody on it yet."""
    if "database" in request.fixturenames:  # which goes after whoever uses it
        request.getfixturevalue("database")
    town = Town(amanat, tmp_path / "people")
    yield town
    await town.close()
