"""People who speak HTTP by hand, and hang up when their story ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import pytest

from tests.faults import device
from tests.faults.device import Device

Register: TypeAlias = Callable[[str, str], Awaitable[Device]]


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    """Register people by URL and name."""
    registered: list[Device] = []

    async def one(url: str, name: str) -> Device:
        person = await device.register(url, name)
        registered.append(person)
        return person

    yield one
    for person in registered:
        person.close()
    await asyncio.sleep(0)  # The loop lets go of an aborted connection in its next turn.
