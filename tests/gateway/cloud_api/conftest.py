"""A bot behind the Cloud API, and its webhook."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.cloud_api.hook import Hook, hook
from tests.gateway.cloud_api.stand import Stand, stand
from tests.gateway.device.conftest import town
from tests.gateway.device.town import Town

__all__ = ["town"]


@pytest.fixture
async def cloud(town: Town, tmp_path: Path) -> AsyncIterator[Stand]:
    """A bot at work."""
    async with stand(town, tmp_path / "bot") as held:
        yield held


@pytest.fixture
async def bot_hook() -> AsyncIterator[Hook]:
    """Where it is told."""
    async with hook() as held:
        yield held
