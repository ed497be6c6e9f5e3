from collections.abc import AsyncIterator

import pytest

from amanat.outbound.http import HttpClient
from tests.outbound.answering import Answering, answering


@pytest.fixture
async def other() -> AsyncIterator[Answering]:
    """Another server, on this machine."""
    async with answering() as server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    """A client that may ask this machine, as an operator may allow."""
    client = HttpClient(private_networks=["127.0.0.0/8"])
    yield client
    await client.close()
