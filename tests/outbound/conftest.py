import asyncio
from collections.abc import AsyncIterator

import pytest

from amanat.outbound.http import HttpClient
from tests.outbound.answering import Answering, answering
from tests.outbound.keeping import Keeping


@pytest.fixture
async def other() -> AsyncIterator[Answering]:
    """Another server, on this machine."""
    async with answering() as server:
        yield server


@pytest.fixture
async def keeping() -> AsyncIterator[Keeping]:
    """Another server, whose connections are kept."""
    keeping = Keeping()
    server = await asyncio.start_server(keeping.serve, "127.0.0.1", 0)
    keeping.port = server.sockets[0].getsockname()[1]
    yield keeping
    server.close()


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    """A client that may ask this machine, as an operator may allow."""
    client = HttpClient(private_networks=["127.0.0.0/8"])
    yield client
    await client.close()
