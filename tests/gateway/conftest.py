"""What the tests of every part of the gateway may ask for: a service's store, once on each database."""

from collections.abc import AsyncIterator

import pytest

from amanat.db.database import Database
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore

OFFICE = ServiceStamp(server_name="localhost", user_id="@office:localhost", created_ts=1)


@pytest.fixture
async def gateway_store(database: Database) -> AsyncIterator[GatewayStore]:
    """An open store of a service, without a row, once on each database."""
    store = GatewayStore(database)
    await store.open(OFFICE)
    yield store
    await store.close()
