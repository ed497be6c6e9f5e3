"""A bot at work on a server in this process, and who writes to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.device.conftest import town
from tests.gateway.device.town import Town
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["town"]


@pytest.fixture
async def at_work(town: Town, tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot, on SQLite."""
    bot = await BotAtWork.begin(town, tmp_path / "bot")
    yield bot
    await bot.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def on_both(town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[BotAtWork]:
    """A bot, on each database."""
    database = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    bot = await BotAtWork.begin(town, tmp_path / "bot", database=database)
    yield bot
    await bot.close()
