"""The sample office with its desk: on SQLite, or once on each database; and its HTTP API over a socket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.store.store import GatewayStore
from tests.gateway.conftest import OFFICE
from tests.gateway.desk.office import DeskOffice, Served, served


@pytest.fixture
async def desk_office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DeskOffice]:
    """An office on SQLite, in a folder that is none of its homeserver's."""
    folder = tmp_path_factory.mktemp("desk")
    store = GatewayStore(SqliteDatabase(folder / "gateway.db"))
    await store.open(OFFICE)
    yield DeskOffice(folder / "office", store)
    await store.close()


@pytest.fixture
def on_each(gateway_store: GatewayStore, tmp_path: Path) -> DeskOffice:
    """An office, once on each database."""
    return DeskOffice(tmp_path / "office", gateway_store)


@pytest.fixture
async def desk(desk_office: DeskOffice, tmp_path: Path) -> AsyncIterator[Served]:
    """Its desk over a socket."""
    async with served(desk_office, folder=tmp_path) as held:
        yield held
